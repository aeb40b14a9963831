package io.zmtpbroker.interop;

import io.zmtpbroker.zmtp.testing.RawPeer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What becomes of octets that a peer should send. */
enum Spoiling {
    CUT {
        @Override
        byte[] apply(byte[] octets, SplittableRandom random) {
            return Arrays.copyOf(octets, random.nextInt(octets.length));
        }
    },
    /** A few bits are others. */
    FLIPPED {
        @Override
        byte[] apply(byte[] octets, SplittableRandom random) {
            byte[] flipped = octets.clone();
            for (int left = random.nextInt(1, 4); left > 0; left--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return flipped;
        }
    },
    /** The last octet is another. */
    WRONG_AT_THE_END {
        @Override
        byte[] apply(byte[] octets, SplittableRandom random) {
            byte[] wrong = octets.clone();
            wrong[wrong.length - 1] ^= 1;
            return wrong;
        }
    },
    JUNK {
        @Override
        byte[] apply(byte[] octets, SplittableRandom random) {
            return junk(random);
        }
    },
    JUNK_IN_A_COMMAND {
        @Override
        byte[] apply(byte[] octets, SplittableRandom random) {
            return RawPeer.frame(COMMAND, junk(random));
        }
    },
    TWICE {
        @Override
        byte[] apply(byte[] octets, SplittableRandom random) {
            byte[] twice = Arrays.copyOf(octets, 2 * octets.length);
            System.arraycopy(octets, 0, twice, octets.length, octets.length);
            return twice;
        }
    };

    private static final int COMMAND = 4;
    private static final int MOST = 400;

    /** What is sent instead; {@code octets} stay as they are. */
    abstract byte[] apply(byte[] octets, SplittableRandom random);

    private static byte[] junk(SplittableRandom random) {
        byte[] junk = new byte[random.nextInt(1, MOST)];
        random.nextBytes(junk);
        return junk;
    }
}
