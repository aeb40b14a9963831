package io.zmtpbroker.zmtp;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The name that a peer gives itself in the {@code Identity} property of its metadata: 0 to 255 octets, the first of which
 * is not zero (37/ZMTP, "Identity Property"; the leading zero is kept for names that a ROUTER makes up).
 */
public final class RoutingId {
    /** The longest routing id, in octets. */
    public static final int MAX_LENGTH = 255;

    /** No name: a ROUTER chooses one. */
    public static final RoutingId EMPTY = new RoutingId(new byte[0]);

    private final byte[] octets;

    private RoutingId(byte[] octets) {
        this.octets = octets;
    }

    /**
     * A routing id of the given octets, which are copied.
     *
     * @param octets 0 to 255 octets
     * @return the id
     * @throws IllegalArgumentException if there are more than 255 octets, or the first is zero
     */
    public static RoutingId of(byte[] octets) {
        if (octets.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "routing id of " + octets.length + " octets, at most " + MAX_LENGTH + " are allowed");
        }
        if (octets.length == 0) {
            return EMPTY;
        }
        if (octets[0] == 0) {
            throw new IllegalArgumentException("routing id that begins with a zero octet");
        }
        return new RoutingId(octets.clone());
    }

    /**
     * Whether the peer gave itself no name.
     *
     * @return true for {@link #EMPTY}
     */
    public boolean isEmpty() {
        return octets.length == 0;
    }

    /**
     * The number of octets.
     *
     * @return 0 to 255
     */
    public int length() {
        return octets.length;
    }

    /**
     * The octets.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoutingId that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The octets in hexadecimal, so that whatever a peer chose is safe in a log. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
