package io.zmtpbroker.zmtp.security;

import static io.zmtpbroker.zmtp.ZmtpViolation.BAD_BOX;
import static io.zmtpbroker.zmtp.ZmtpViolation.MALFORMED_COMMAND;
import static io.zmtpbroker.zmtp.ZmtpViolation.NONCE;
import static io.zmtpbroker.zmtp.ZmtpViolation.NOT_BOXED;
import static io.zmtpbroker.zmtp.ZmtpViolation.RESERVED_FLAGS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;
import io.zmtpbroker.zmtp.security.nacl.NaclBox;
import io.zmtpbroker.zmtp.wire.Frames;
import io.zmtpbroker.zmtp.wire.WholeFrames;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens one frame after the other, all of one read into one buffer. The box belongs to the {@link CurveTraffic}. Whatever is
 * thrown is a violation, or a bug.
 */
final class CurveReceiver implements WholeFrames.Sink {
    private static final int COUNTER_INDEX = 8;
    private static final int BOX_INDEX = 16;

    private final NaclBox box;
    private final CurveBudget budget;
    private final byte[] nonce;
    private long received;
    private @Nullable ByteBufAllocator allocator;
    private @Nullable ByteBuf out;
    private int expected;

    /** The prefix is that of the peer's nonces; {@code received} is the counter that it used last. */
    CurveReceiver(NaclBox box, String prefix, long received, ZmtpLimits limits) {
        this.box = box;
        this.received = received;
        nonce = CurveNonce.of(prefix, received);
        budget = new CurveBudget(limits);
    }

    /** So many octets will come in the frames until {@link #take}. */
    void expect(int octets, ByteBufAllocator from) {
        expected = octets;
        allocator = from;
    }

    /** What was opened, which is the caller's; null when nothing was. */
    @Nullable
    ByteBuf take() {
        ByteBuf taken = out;
        out = null;
        return taken;
    }

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
        CurveNonce.setCounter(nonce, counter);
        open(in, index, length, room(length));
        received = counter;
    }

    /** A buffer that begins with room that boxes open fastest with; what they lose by opening is more, but for the first. */
    private ByteBuf room(int length) {
        if (out == null) {
            int needed = Math.max(expected, length + Frames.LONG_HEADER_LENGTH);
            out = Objects.requireNonNull(allocator).buffer(needed).setIndex(NaclBox.HEADROOM, NaclBox.HEADROOM);
        }
        return out;
    }

    /**
     * Opens a box so that the octet of flags in it comes to lie where the header of the frame has its last octet: then that
     * header is written around it, and nothing is copied.
     */
    private void open(ByteBuf in, int index, int length, ByteBuf to) {
        int bodyLength = length - CurveLayout.MIN_MESSAGE_LENGTH;
        int start = to.writerIndex();
        int headerLength = Frames.encodedLength(bodyLength) - bodyLength;
        to.writeZero(headerLength - CurveLayout.FLAGS_LENGTH);
        boolean sound = false;
        try {
            if (!box.open(nonce, in, index + BOX_INDEX, length - BOX_INDEX, to)) {
                throw new ZmtpProtocolException(BAD_BOX, "MESSAGE does not open");
            }
            int flags = outerFlags(to.getByte(start + headerLength - CurveLayout.FLAGS_LENGTH));
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
            case CurveLayout.INNER_MORE -> Frames.MORE;
            case CurveLayout.INNER_COMMAND -> Frames.COMMAND;
            case CurveLayout.INNER_MORE | CurveLayout.INNER_COMMAND ->
                throw new ZmtpProtocolException(MALFORMED_COMMAND, "command with the MORE flag");
            default ->
                throw new ZmtpProtocolException(
                        RESERVED_FLAGS, "MESSAGE with the flags 0x" + Integer.toHexString(inner & 0xff));
        };
    }
}
