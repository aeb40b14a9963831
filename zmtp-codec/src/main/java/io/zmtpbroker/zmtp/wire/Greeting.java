package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The 64 octets that each end sends first (37/ZMTP, "Greeting"): {@code signature(10) major(1) minor(1) mechanism(20)
 * as-server(1) filler(31)}. They are written in three stages, for a peer of version 2.0 takes the octet behind the
 * signature for its revision, and what follows for a socket type.
 *
 * @param minorVersion 0 for 3.0, 1 for 3.1
 * @param mechanism 1 to 20 upper-case letters, digits or {@code - _ . +}
 * @param asServer whether this end is the server of the mechanism; 37/ZMTP wants false for NULL
 */
public record Greeting(int minorVersion, String mechanism, boolean asServer) {
    /** The length of the whole greeting, in octets. */
    public static final int LENGTH = 64;

    static final int SIGNATURE_LENGTH = 10;
    static final int MAJOR_INDEX = 10;
    static final int MINOR_INDEX = 11;
    static final int MECHANISM_INDEX = 12;
    static final int MECHANISM_LENGTH = 20;
    static final int MAJOR_VERSION = 3;
    static final int MINOR_VERSION = 1;

    /** What a peer of ZMTP 2.0 sends in place of the major version (15/ZMTP, "Formal Grammar"). */
    static final int REVISION_OF_2_0 = 1;

    static final int FIRST_OCTET = 0xff;

    private static final int LAST_SIGNATURE_OCTET = 0x7f;
    private static final int FILLER_LENGTH = 31;
    private static final Pattern MECHANISM = Pattern.compile("[A-Z0-9_.+-]{1," + MECHANISM_LENGTH + "}");

    /**
     * Checks the name of the mechanism.
     *
     * @throws IllegalArgumentException if it is no name of a mechanism
     */
    public Greeting {
        if (!MECHANISM.matcher(mechanism).matches()) {
            throw new IllegalArgumentException("mechanism \"" + mechanism + "\"");
        }
    }

    /**
     * Our greeting: version 3.1.
     *
     * @param mechanism as the component of the record
     * @param asServer as the component of the record
     * @return what we send
     */
    public static Greeting ours(String mechanism, boolean asServer) {
        return new Greeting(MINOR_VERSION, mechanism, asServer);
    }

    /**
     * Writes the first 10 octets, due as soon as the connection is up. The padding holds the length of a ZMTP 1.0 identity
     * frame, as libzmq writes it.
     *
     * @param out grows by 10 octets
     * @param routingIdLength octets of our routing id, 0 to 255
     */
    public static void writeSignature(ByteBuf out, int routingIdLength) {
        out.writeByte(FIRST_OCTET).writeLong(routingIdLength + 1L).writeByte(LAST_SIGNATURE_OCTET);
    }

    /**
     * Writes the octet of the major version, due when the peer's signature has come.
     *
     * @param out grows by 1 octet
     */
    public static void writeMajor(ByteBuf out) {
        out.writeByte(MAJOR_VERSION);
    }

    /**
     * Writes all that follows the major version, due when the peer's major version has come and is at least 3.
     *
     * @param out grows by 53 octets
     */
    public void writeRest(ByteBuf out) {
        out.writeByte(minorVersion);
        out.writeBytes(paddedMechanism());
        out.writeByte(asServer ? 1 : 0);
        out.writeZero(FILLER_LENGTH);
    }

    /** The 20 octets of the name. */
    byte[] paddedMechanism() {
        byte[] padded = new byte[MECHANISM_LENGTH];
        byte[] name = mechanism.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name, 0, padded, 0, name.length);
        return padded;
    }
}
