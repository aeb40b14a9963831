package io.zmtpbroker.zmtp.security;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.wire.WholeFrames;
import java.util.function.Consumer;

/**
 * Frames as MESSAGE boxes (26/CURVEZMQ, "The MESSAGE Command"): {@code 07 MESSAGE}, a counter of 8 octets, and a box of one
 * octet of flags and the frame's body. 37/ZMTP calls it a command, yet libzmq and JeroMQ send it as a message frame, and
 * libzmq drops one with the COMMAND flag: we send theirs and read both. Whether a frame is a command, and whether more
 * follow, is said inside alone. Nothing is allocated for a frame, only for all that are written, or were read, at once.
 */
final class CurveTraffic implements ZmtpTraffic {
    private final NaclBox box;
    private final CurveSender sender;
    private final CurveReceiver receiver;
    private final WholeFrames frames;

    private CurveTraffic(NaclBox box, CurveSender sender, CurveReceiver receiver, ByteBufAllocator allocator) {
        this.box = box;
        this.sender = sender;
        this.receiver = receiver;
        frames = new WholeFrames(allocator);
    }

    /** The traffic of a client; takes over {@code box}. The numbers are the counters used last, ours and the server's. */
    static CurveTraffic ofClient(NaclBox box, long sent, long received, ZmtpMechanismPort port) {
        return new CurveTraffic(
                box,
                new CurveSender(box, CurveNonce.CLIENT_MESSAGE, sent),
                new CurveReceiver(box, CurveNonce.SERVER_MESSAGE, received, port.limits()),
                port.allocator());
    }

    /** The traffic of a server, likewise. */
    static CurveTraffic ofServer(NaclBox box, long sent, long received, ZmtpMechanismPort port) {
        return new CurveTraffic(
                box,
                new CurveSender(box, CurveNonce.SERVER_MESSAGE, sent),
                new CurveReceiver(box, CurveNonce.CLIENT_MESSAGE, received, port.limits()),
                port.allocator());
    }

    @Override
    public ByteBuf protect(ByteBuf clear, ByteBufAllocator allocator) {
        return sender.protect(clear, allocator);
    }

    @Override
    public void expose(ByteBuf octets, ByteBufAllocator allocator, Consumer<ByteBuf> deliver) {
        receiver.expect(octets.readableBytes(), allocator);
        try {
            frames.decode(octets, receiver);
        } finally {
            ByteBuf out = receiver.take();
            if (out != null) {
                deliver.accept(out);
            }
        }
    }

    @Override
    public long occupiedOctets() {
        return frames.occupiedOctets();
    }

    @Override
    public void stop() {
        frames.close();
    }

    @Override
    public void close() {
        frames.close();
        box.close();
    }
}
