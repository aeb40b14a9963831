package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_METADATA;
import static io.zmtpbroker.zmtp.ZmtpViolation.SOCKET_TYPE;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.zmtpbroker.zmtp.RoutingId;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the greeting of ZMTP 2.0 goes on behind its revision: {@code socket-type(1)}, and a frame with the routing id,
 * {@code 00 length(1) octets} (15/ZMTP, "Formal Grammar"). Then come messages, framed as in 3.x.
 */
public final class Zmtp20Greeting {
    /** By their numbers; 15/ZMTP names those up to PUSH, libzmq 3.x sends the last two as well. */
    private static final List<SocketType> TYPES = List.of(
            SocketType.PAIR,
            SocketType.PUB,
            SocketType.SUB,
            SocketType.REQ,
            SocketType.REP,
            SocketType.DEALER,
            SocketType.ROUTER,
            SocketType.PULL,
            SocketType.PUSH,
            SocketType.XPUB,
            SocketType.XSUB);

    private static final int FLAGS_OF_ROUTING_ID = 0;

    private Zmtp20Greeting() {}

    /**
     * Writes what we are.
     *
     * @param type is due when the peer's revision has come
     * @param out grows by 1 octet
     */
    public static void writeType(SocketType type, ByteBuf out) {
        out.writeByte(TYPES.indexOf(type));
    }

    /**
     * Reads what the peer is.
     *
     * @param in its reader index moves by 1
     * @return the type; null when it is not there yet
     * @throws ZmtpProtocolException if there is no such type
     */
    public static @Nullable SocketType readType(ByteBuf in) {
        if (!in.isReadable()) {
            return null;
        }
        int number = in.readUnsignedByte();
        if (number >= TYPES.size()) {
            throw new ZmtpProtocolException(SOCKET_TYPE, "unknown socket type " + number + " of ZMTP 2.0");
        }
        return TYPES.get(number);
    }

    /**
     * Writes our routing id.
     *
     * @param id may be empty; the frame is sent all the same
     * @param out grows by the frame
     */
    public static void writeRoutingId(RoutingId id, ByteBuf out) {
        out.writeByte(FLAGS_OF_ROUTING_ID).writeByte(id.length()).writeBytes(id.bytes());
    }

    /**
     * Reads the peer's routing id.
     *
     * @param in its reader index moves behind the frame when that is all there
     * @return the routing id; null when octets are missing
     * @throws ZmtpProtocolException if the frame has flags, or the routing id begins with zero
     */
    public static @Nullable RoutingId readRoutingId(ByteBuf in) {
        int start = in.readerIndex();
        if (in.isReadable() && in.getByte(start) != FLAGS_OF_ROUTING_ID) {
            String flags = Integer.toHexString(in.getUnsignedByte(start));
            throw new ZmtpProtocolException(MALFORMED_METADATA, "routing id in a frame with the flags 0x" + flags);
        }
        if (in.readableBytes() < Frames.SHORT_HEADER_LENGTH) {
            return null;
        }
        int length = in.getUnsignedByte(start + 1);
        if (in.readableBytes() < Frames.SHORT_HEADER_LENGTH + length) {
            return null;
        }
        in.skipBytes(Frames.SHORT_HEADER_LENGTH);
        byte[] octets = ByteBufUtil.getBytes(in.readSlice(length));
        try {
            return RoutingId.of(octets);
        } catch (IllegalArgumentException e) {
            throw new ZmtpProtocolException(MALFORMED_METADATA, String.valueOf(e.getMessage()));
        }
    }
}
