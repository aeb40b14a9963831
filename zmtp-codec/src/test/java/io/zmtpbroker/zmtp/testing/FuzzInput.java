package io.zmtpbroker.zmtp.testing;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The octets of a fuzzer, used up from the front: choices, short pieces, and the rest. When nothing is left every choice is 0
 * and every piece is empty, so any octets mean something.
 */
public final class FuzzInput {
    private static final int WHOLE = 0;
    private static final int SINGLY = 1;

    private final byte[] octets;
    private int at;

    /** Input that nothing was taken from; the array is not copied. */
    public FuzzInput(byte[] octets) {
        this.octets = octets;
    }

    public boolean isEmpty() {
        return at == octets.length;
    }

    /** A number from 0 to below {@code count}, which is at most 256. */
    public int choose(int count) {
        return isEmpty() ? 0 : (octets[at++] & 0xff) % count;
    }

    public boolean flag() {
        return choose(2) == 1;
    }

    /** Up to 255 octets, behind the octet that says how many. */
    public byte[] piece() {
        return octets(choose(256));
    }

    /** So many octets, or as many as are left. */
    public byte[] octets(int count) {
        byte[] taken = Arrays.copyOfRange(octets, at, Math.min(octets.length, at + count));
        at += taken.length;
        return taken;
    }

    public byte[] rest() {
        return octets(octets.length);
    }

    /** Cuts others' octets as a network may, in a way that is chosen first. */
    public static List<byte[]> cut(int way, byte[] whole) {
        if (whole.length == 0) {
            return List.of();
        }
        return switch (way) {
            case WHOLE -> List.of(whole);
            case SINGLY -> Fragmenter.singly(whole);
            default -> Fragmenter.random(whole, new SplittableRandom(way), way);
        };
    }
}
