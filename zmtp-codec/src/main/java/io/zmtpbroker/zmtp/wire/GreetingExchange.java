package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.MECHANISM_MISMATCH;
import static io.zmtpbroker.zmtp.ZmtpViolation.NOT_ZMTP;
import static io.zmtpbroker.zmtp.ZmtpViolation.UNSUPPORTED_VERSION;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.ZmtpViolation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Both directions of the greeting, in the stages that libzmq goes through: the signature at once, the major version when
 * the peer's signature is in, the rest when its major version is. Two peers that wait for each other's signature would wait
 * for ever; one that sends everything at once would lose a peer of version 2.0. What a stage owes is written before the
 * peer's octets are judged, so a peer of another mechanism always sees ours (37/ZMTP, "Protocol Behavior"). A peer whose
 * version is below 3.0 and not admitted is told no more than our major version, whatever the mechanism.
 */
public final class GreetingExchange {
    private final Greeting ours;
    private final int routingIdLength;
    private final boolean admitsZmtp20;
    private final byte[] peer = new byte[Greeting.LENGTH];
    private int received;
    private boolean zmtp20;

    /**
     * An exchange that has not begun.
     *
     * @param ours what we say
     * @param routingIdLength octets of our routing id, 0 to 255, for the padding
     * @param admitsZmtp20 whether a peer may speak ZMTP 2.0; with anything but NULL, and nobody asked, that would let in
     *     whoever leaves the mechanism out
     */
    public GreetingExchange(Greeting ours, int routingIdLength, boolean admitsZmtp20) {
        this.ours = ours;
        this.routingIdLength = routingIdLength;
        this.admitsZmtp20 = admitsZmtp20;
    }

    /**
     * Writes what is due before anything has come.
     *
     * @param out grows by 10 octets
     */
    public void start(ByteBuf out) {
        Greeting.writeSignature(out, routingIdLength);
    }

    /**
     * Reads what has come of the peer's greeting, and no further.
     *
     * @param in its reader index moves
     * @param out grows by what is due now; to be sent also when this throws
     * @throws ZmtpProtocolException if the peer speaks no ZMTP, an older one, or uses another mechanism
     */
    public void advance(ByteBuf in, ByteBuf out) {
        while (received < Greeting.LENGTH && !zmtp20 && in.isReadable()) {
            peer[received++] = in.readByte();
            judge(out);
        }
    }

    /**
     * Whether all 64 octets have come.
     *
     * @return true from then on
     */
    public boolean isComplete() {
        return received == Greeting.LENGTH;
    }

    /**
     * Whether the peer has turned out to speak ZMTP 2.0. Its greeting goes on with a {@link Zmtp20Greeting}, which is not read
     * here, and ours has to; {@link #isComplete()} never becomes true.
     *
     * @return never true where that is not admitted
     */
    public boolean isZmtp20() {
        return zmtp20;
    }

    /**
     * The minor version of a peer whose greeting is complete. Later versions than 3.1 count as 3.1.
     *
     * @return 0 or 1
     */
    public int peerMinorVersion() {
        boolean first = peer[Greeting.MAJOR_INDEX] == Greeting.MAJOR_VERSION && peer[Greeting.MINOR_INDEX] == 0;
        return first ? 0 : Greeting.MINOR_VERSION;
    }

    private void judge(ByteBuf out) {
        int octet = peer[received - 1] & 0xff;
        switch (received - 1) {
            case 0 -> require(octet == Greeting.FIRST_OCTET, NOT_ZMTP, "ZMTP 1.0, or no ZMTP at all");
            case Greeting.SIGNATURE_LENGTH - 1 -> {
                require((octet & 1) == 1, NOT_ZMTP, "ZMTP 1.0");
                Greeting.writeMajor(out);
            }
            case Greeting.MAJOR_INDEX -> judgeMajor(octet, out);
            case Greeting.LENGTH - 1 -> checkMechanism();
            default -> {} // padding, the minor version, and what is judged as a whole
        }
    }

    private void judgeMajor(int octet, ByteBuf out) {
        if (octet == Greeting.REVISION_OF_2_0 && admitsZmtp20) {
            zmtp20 = true;
            return;
        }
        require(octet != 0, UNSUPPORTED_VERSION, "ZMTP 2.0 with the framing of 1.0");
        require(octet != Greeting.REVISION_OF_2_0, UNSUPPORTED_VERSION, "ZMTP 2.0, which is not admitted");
        require(octet >= Greeting.MAJOR_VERSION, UNSUPPORTED_VERSION, "an unassigned version");
        ours.writeRest(out);
    }

    private void require(boolean condition, ZmtpViolation violation, String meaning) {
        if (!condition) {
            int at = received - 1;
            String octet = Integer.toHexString(peer[at] & 0xff);
            throw new ZmtpProtocolException(
                    violation, "greeting of " + meaning + " (0x" + octet + " at octet " + at + ")");
        }
    }

    private void checkMechanism() {
        int end = Greeting.MECHANISM_INDEX + Greeting.MECHANISM_LENGTH;
        byte[] theirs = Arrays.copyOfRange(peer, Greeting.MECHANISM_INDEX, end);
        if (!Arrays.equals(theirs, ours.paddedMechanism())) {
            throw new ZmtpProtocolException(
                    MECHANISM_MISMATCH, "mechanism " + printable(theirs) + ", ours is " + ours.mechanism());
        }
    }

    private static String printable(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1)
                .replaceFirst("\0+$", "")
                .replaceAll("[^\\x21-\\x7e]", "?");
    }
}
