package io.zmtpbroker.zmtp.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Cuts octets as a network may. */
public final class Fragmenter {
    private static final int MAX_LENGTH_FOR_EVERY_WAY = 20;

    private Fragmenter() {}

    /**
     * Every way to cut, all 2^(n-1) of them.
     *
     * @param octets at most 20
     * @param test called with the pieces, none of them empty
     */
    public static void everyWay(byte[] octets, Consumer<List<byte[]>> test) {
        if (octets.length == 0 || octets.length > MAX_LENGTH_FOR_EVERY_WAY) {
            throw new IllegalArgumentException(octets.length + " octets");
        }
        for (int cuts = 0; cuts < 1 << (octets.length - 1); cuts++) {
            List<byte[]> pieces = new ArrayList<>();
            int start = 0;
            for (int end = 1; end <= octets.length; end++) {
                if (end == octets.length || (cuts >> (end - 1) & 1) != 0) {
                    pieces.add(Arrays.copyOfRange(octets, start, end));
                    start = end;
                }
            }
            test.accept(pieces);
        }
    }

    /**
     * One way to cut, by chance. Small and large pieces are both likely.
     *
     * @param octets what to cut
     * @param random decides
     * @param maxLength of a piece, in octets
     * @return pieces, none of them empty
     */
    public static List<byte[]> random(byte[] octets, SplittableRandom random, int maxLength) {
        List<byte[]> pieces = new ArrayList<>();
        for (int start = 0; start < octets.length; ) {
            int bits = random.nextInt(1, 32 - Integer.numberOfLeadingZeros(maxLength) + 1);
            int length = Math.min(maxLength, random.nextInt(1, (1 << bits) + 1));
            int end = Math.min(octets.length, start + length);
            pieces.add(Arrays.copyOfRange(octets, start, end));
            start = end;
        }
        return pieces;
    }

    /**
     * One octet at a time.
     *
     * @param octets what to cut
     * @return as many pieces as octets
     */
    public static List<byte[]> singly(byte[] octets) {
        List<byte[]> pieces = new ArrayList<>();
        for (byte octet : octets) {
            pieces.add(new byte[] {octet});
        }
        return pieces;
    }
}
