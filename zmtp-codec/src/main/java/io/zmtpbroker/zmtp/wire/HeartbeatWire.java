package io.zmtpbroker.zmtp.wire;

import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.zmtpbroker.zmtp.ZmtpProtocolException;

/** PING: {@code TTL(2, tenths of a second) context(0-16)}, and PONG: the same context (37/ZMTP, "Connection Heartbeating"). */
public final class HeartbeatWire {
    /** The longest context, in octets. */
    public static final int MAX_CONTEXT_LENGTH = 16;

    /** Octets of the TTL. */
    public static final int TTL_LENGTH = 2;

    private HeartbeatWire() {}

    /**
     * Reads the first part of the data of a PING.
     *
     * @param data what follows the name; its reader index moves
     * @return tenths of a second, unsigned; 0 for no TTL
     * @throws ZmtpProtocolException if the TTL is not all there
     */
    public static int readTtlTenths(ByteBuf data) {
        if (data.readableBytes() < TTL_LENGTH) {
            throw new ZmtpProtocolException(
                    MALFORMED_COMMAND, "PING with " + data.readableBytes() + " octets of data, at least 2 are needed");
        }
        return data.readUnsignedShort();
    }

    /**
     * Reads the second part of the data of a PING.
     *
     * @param data what follows the TTL; its reader index moves
     * @return the context, a view of {@code data} that is not retained; what is longer than 16 octets is cut, as libzmq does
     */
    public static ByteBuf readContext(ByteBuf data) {
        return data.readSlice(Math.min(data.readableBytes(), MAX_CONTEXT_LENGTH));
    }

    /**
     * Writes a PONG.
     *
     * @param allocator where its buffer comes from
     * @param context its readable octets are copied; its indices stay, and the caller keeps it
     * @return the whole frame, owned by the caller
     */
    public static ByteBuf encodePong(ByteBufAllocator allocator, ByteBuf context) {
        return CommandWire.encode(allocator, CommandWire.PONG, context);
    }

    /**
     * Writes a PING.
     *
     * @param allocator where its buffer comes from
     * @param ttlTenths tenths of a second after which the peer may close when nothing came; 0 for never. libzmq overflows
     *     above 655
     * @param context at most 16 octets
     * @return the whole frame, owned by the caller
     * @throws IllegalArgumentException if the TTL or the context are out of range
     */
    public static ByteBuf encodePing(ByteBufAllocator allocator, int ttlTenths, byte[] context) {
        if (ttlTenths < 0 || ttlTenths > 0xffff || context.length > MAX_CONTEXT_LENGTH) {
            throw new IllegalArgumentException(
                    "PING with a TTL of " + ttlTenths + " and a context of " + context.length + " octets");
        }
        ByteBuf data = Unpooled.wrappedBuffer(new byte[] {(byte) (ttlTenths >> 8), (byte) ttlTenths}, context);
        try {
            return CommandWire.encode(allocator, CommandWire.PING, data);
        } finally {
            data.release();
        }
    }
}
