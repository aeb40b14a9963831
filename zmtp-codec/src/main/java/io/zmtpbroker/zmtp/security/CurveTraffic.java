package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.BAD_BOX;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.NONCE;
import static io.zmtpbroker.zmtp.ZmtpViolation.NOT_BOXED;
import static io.zmtpbroker.zmtp.ZmtpViolation.RESERVED_FLAGS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.wire.Frames;
import io.zmtpbroker.zmtp.wire.WholeFrames;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames as MESSAGE boxes (26/CURVEZMQ, "The MESSAGE Command"): {@code 07 MESSAGE}, a counter of 8 octets, and a box of one
 * octet of flags and the frame's body. 37/ZMTP calls it a command, yet libzmq and JeroMQ send it as a message frame, and
 * libzmq drops one with the COMMAND flag: we send theirs and read both. Whether a frame is a command, and whether more
 * follow, is said inside alone.
 */
final class CurveTraffic implements ZmtpTraffic {
    private static final int INNER_MORE = 1;
    private static final int INNER_COMMAND = 2;
    private static final int COUNTER_INDEX = 8;
    private static final int BOX_INDEX = 16;
    private static final int FLAGS_LENGTH = 1;

    private final NaclBox box;
    private final CurveBudget budget;
    private final WholeFrames frames;
    private final byte[] sendingNonce;
    private final byte[] receivingNonce;
    private final Incoming incoming = new Incoming();
    private long sent;
    private long received;

    private CurveTraffic(NaclBox box, ZmtpMechanismPort port, byte[] sendingNonce, byte[] receivingNonce) {
        this.box = box;
        this.sendingNonce = sendingNonce;
        this.receivingNonce = receivingNonce;
        budget = new CurveBudget(port.limits());
        frames = new WholeFrames(port.allocator());
    }

    /** The traffic of a client; takes over {@code box}. The numbers are the counters used last, ours and the server's. */
    static CurveTraffic ofClient(NaclBox box, long sent, long received, ZmtpMechanismPort port) {
        byte[] sending = CurveNonce.of(CurveNonce.CLIENT_MESSAGE, sent);
        return new CurveTraffic(box, port, sending, CurveNonce.of(CurveNonce.SERVER_MESSAGE, received))
                .after(sent, received);
    }

    /** The traffic of a server, likewise. */
    static CurveTraffic ofServer(NaclBox box, long sent, long received, ZmtpMechanismPort port) {
        byte[] sending = CurveNonce.of(CurveNonce.SERVER_MESSAGE, sent);
        return new CurveTraffic(box, port, sending, CurveNonce.of(CurveNonce.CLIENT_MESSAGE, received))
                .after(sent, received);
    }

    private CurveTraffic after(long lastSent, long lastReceived) {
        sent = lastSent;
        received = lastReceived;
        return this;
    }

    @Override
    public ByteBuf protect(ByteBuf clear, ByteBufAllocator allocator) {
        ByteBuf out = null;
        boolean done = false;
        try {
            int end = clear.writerIndex();
            out = allocator.buffer(protectedLength(clear));
            for (int at = clear.readerIndex(); at < end; at = Frames.next(clear, at)) {
                seal(clear, at, out);
            }
            done = true;
            return out;
        } finally {
            clear.release();
            if (!done && out != null) {
                out.release();
            }
        }
    }

    @Override
    public void expose(ByteBuf octets, ByteBufAllocator allocator, Consumer<ByteBuf> deliver) {
        incoming.allocator = allocator;
        incoming.expected = octets.readableBytes();
        try {
            frames.decode(octets, incoming);
        } finally {
            ByteBuf out = incoming.take();
            if (out != null) {
                deliver.accept(out);
            }
        }
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

    private static int protectedLength(ByteBuf clear) {
        long length = 0;
        int end = clear.writerIndex();
        for (int at = clear.readerIndex(); at < end; at = Frames.next(clear, at)) {
            length += Frames.LONG_HEADER_LENGTH + CurveLayout.MIN_MESSAGE_LENGTH + (long) Frames.bodyLength(clear, at);
        }
        return Math.toIntExact(length);
    }

    private void seal(ByteBuf clear, int at, ByteBuf out) {
        int flags = clear.getByte(at);
        int bodyLength = Frames.bodyLength(clear, at);
        sent++;
        if (sent == 0) {
            throw new IllegalStateException("no nonce is left");
        }
        CurveNonce.setCounter(sendingNonce, sent);
        Frames.writeHeader(out, false, CurveLayout.MIN_MESSAGE_LENGTH + bodyLength);
        out.writeLong(CurveLayout.MESSAGE_NAME).writeLong(sent);
        int boxIndex = out.writerIndex();
        out.writeZero(NaclBox.OVERHEAD);
        out.writeByte((flags & Frames.MORE) != 0 ? INNER_MORE : (flags & Frames.COMMAND) != 0 ? INNER_COMMAND : 0);
        out.writeBytes(clear, Frames.bodyIndex(clear, at), bodyLength);
        box.seal(sendingNonce, out, boxIndex, FLAGS_LENGTH + bodyLength);
    }

    /** Opens one frame after the other into one buffer. */
    private final class Incoming implements WholeFrames.Sink {
        private @Nullable ByteBufAllocator allocator;
        private @Nullable ByteBuf out;
        private int expected;

        @Override
        public void onHeader(boolean hasMore, long bodyLength) {
            if (hasMore || bodyLength < CurveLayout.MIN_MESSAGE_LENGTH) {
                throw new ZmtpProtocolException(NOT_BOXED, "frame that is no MESSAGE of CURVE");
            }
            budget.judge(bodyLength);
        }

        @Override
        public void onBody(ByteBuf in, int index, int length) {
            if (in.getLong(index) != CurveLayout.MESSAGE_NAME) {
                throw new ZmtpProtocolException(NOT_BOXED, "frame that is no MESSAGE of CURVE");
            }
            long counter = in.getLong(index + COUNTER_INDEX);
            if (Long.compareUnsigned(counter, received) <= 0) {
                throw new ZmtpProtocolException(NONCE, "MESSAGE with a nonce that is not above the last");
            }
            CurveNonce.setCounter(receivingNonce, counter);
            open(in, index, length, room(length));
            received = counter;
        }

        @Nullable
        ByteBuf take() {
            ByteBuf taken = out;
            out = null;
            return taken;
        }

        private ByteBuf room(int length) {
            if (out == null) {
                out = Objects.requireNonNull(allocator).buffer(Math.max(expected, length));
            }
            return out;
        }

        /**
         * Opens a box so that the octet of flags in it comes to lie where the header of the frame has its last octet: then
         * that header is written around it, and nothing is copied.
         */
        private void open(ByteBuf in, int index, int length, ByteBuf to) {
            int bodyLength = length - CurveLayout.MIN_MESSAGE_LENGTH;
            int start = to.writerIndex();
            int headerLength = Frames.encodedLength(bodyLength) - bodyLength;
            to.writeZero(headerLength - FLAGS_LENGTH);
            boolean sound = false;
            try {
                if (!box.open(receivingNonce, in, index + BOX_INDEX, length - BOX_INDEX, to)) {
                    throw new ZmtpProtocolException(BAD_BOX, "MESSAGE does not open");
                }
                int flags = outerFlags(to.getByte(start + headerLength - FLAGS_LENGTH));
                budget.add(length, flags);
                writeHeader(to, start, flags, bodyLength);
                sound = true;
            } finally {
                if (!sound) {
                    to.writerIndex(start);
                }
            }
        }

        private static void writeHeader(ByteBuf to, int start, int flags, int bodyLength) {
            if (bodyLength <= Frames.MAX_SHORT_BODY_LENGTH) {
                to.setByte(start, flags).setByte(start + 1, bodyLength);
            } else {
                to.setByte(start, flags | Frames.LONG).setLong(start + 1, bodyLength);
            }
        }

        private static int outerFlags(int inner) {
            return switch (inner) {
                case 0 -> 0;
                case INNER_MORE -> Frames.MORE;
                case INNER_COMMAND -> Frames.COMMAND;
                case INNER_MORE | INNER_COMMAND ->
                    throw new ZmtpProtocolException(MALFORMED_COMMAND, "command with the MORE flag");
                default ->
                    throw new ZmtpProtocolException(
                            RESERVED_FLAGS, "MESSAGE with the flags 0x" + Integer.toHexString(inner & 0xff));
            };
        }
    }
}
