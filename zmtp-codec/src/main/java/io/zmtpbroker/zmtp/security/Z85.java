package io.zmtpbroker.zmtp.security;

import java.util.Arrays;

/** Octets as printable text: 4 of them in 5 characters (32/Z85). */
public final class Z85 {
    private static final String DIGITS =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    private static final int BASE = 85;
    private static final int GROUP_CHARACTERS = 5;
    private static final int GROUP_OCTETS = 4;
    private static final long MAX_GROUP = 0xffff_ffffL;
    private static final byte NO_DIGIT = -1;
    private static final byte[] VALUES = values();

    private Z85() {}

    /**
     * Octets as text.
     *
     * @param octets a multiple of 4
     * @return 5 characters for each 4 octets
     * @throws IllegalArgumentException if the number of octets is another
     */
    public static String encode(byte[] octets) {
        if (octets.length % GROUP_OCTETS != 0) {
            throw new IllegalArgumentException(octets.length + " octets, Z85 needs a multiple of 4");
        }
        StringBuilder text = new StringBuilder(octets.length / GROUP_OCTETS * GROUP_CHARACTERS);
        for (int at = 0; at < octets.length; at += GROUP_OCTETS) {
            long group = 0;
            for (int i = 0; i < GROUP_OCTETS; i++) {
                group = (group << 8) | (octets[at + i] & 0xff);
            }
            for (long divisor = (long) BASE * BASE * BASE * BASE; divisor > 0; divisor /= BASE) {
                text.append(DIGITS.charAt((int) (group / divisor % BASE)));
            }
        }
        return text.toString();
    }

    /**
     * Octets from text. What goes wrong is said without a word of the text, which may be a secret key.
     *
     * @param text a multiple of 5 characters
     * @return 4 octets for each 5 characters
     * @throws IllegalArgumentException if the length is another, a character is none of Z85, or 5 characters stand for more
     *     than 4 octets can hold
     */
    public static byte[] decode(CharSequence text) {
        if (text.length() % GROUP_CHARACTERS != 0) {
            throw new IllegalArgumentException(text.length() + " characters, Z85 needs a multiple of 5");
        }
        byte[] octets = new byte[text.length() / GROUP_CHARACTERS * GROUP_OCTETS];
        for (int group = 0; group < octets.length / GROUP_OCTETS; group++) {
            long value = group(text, group * GROUP_CHARACTERS);
            for (int i = 0; i < GROUP_OCTETS; i++) {
                octets[group * GROUP_OCTETS + i] = (byte) (value >>> (8 * (GROUP_OCTETS - 1 - i)));
            }
        }
        return octets;
    }

    private static long group(CharSequence text, int start) {
        long value = 0;
        for (int at = start; at < start + GROUP_CHARACTERS; at++) {
            char character = text.charAt(at);
            byte digit = character < VALUES.length ? VALUES[character] : NO_DIGIT;
            if (digit == NO_DIGIT) {
                throw new IllegalArgumentException("character " + (at + 1) + " is none of Z85");
            }
            value = value * BASE + digit;
        }
        if (value > MAX_GROUP) {
            throw new IllegalArgumentException("characters from " + (start + 1) + " on stand for too large a number");
        }
        return value;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        Arrays.fill(values, NO_DIGIT);
        for (int digit = 0; digit < BASE; digit++) {
            values[DIGITS.charAt(digit)] = (byte) digit;
        }
        return values;
    }
}
