package io.zmtpbroker.zmtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.zmtpbroker.zmtp.ZmtpLimits;
import io.zmtpbroker.zmtp.ZmtpProtocolException;

/**
 * Finds whole messages and commands in the octets that come after the handshake (37/ZMTP, "Traffic").
 *
 * <p>A message that lies wholly in one read buffer is delivered where it lies: nothing is copied and nothing allocated.
 * Only of the last message, when it is unfinished, the octets that came are kept, and no frame is walked twice. The octets
 * kept are in canonical form already, so what makes a message other than that (a command between its frames, the long form
 * for a small body) costs a copy of that message and no more.
 *
 * <p>Everything is judged by the headers alone: lengths as unsigned numbers, a message's octets and frames as they are
 * announced. Nothing is allocated for octets that have not come. Not safe for use by several threads; a sink may call
 * {@link #close()}, but not {@link #decode}.
 */
public final class MessageDecoder {
    private final FrameHeader header;
    private final MessageBudget budget;
    private final HeldOctets message;
    private final HeldOctets command;
    private final UntakenInput untaken;

    /** Octets that the body of {@link #header}'s frame still lacks; -1 while no body is awaited. */
    private long lacking = NO_BODY;

    private boolean closed;
    private boolean paused;

    /** Whether a call is under way, so that a sink that resumes need not, and must not, start another. */
    private boolean decoding;

    private static final long NO_BODY = -1;

    /**
     * A decoder for one connection.
     *
     * @param limits what a message and a command may have
     * @param allocator where the octets of unfinished messages are kept
     */
    public MessageDecoder(ZmtpLimits limits, ByteBufAllocator allocator) {
        this(limits, allocator, new FrameHeader());
    }

    private MessageDecoder(ZmtpLimits limits, ByteBufAllocator allocator, FrameHeader header) {
        this.header = header;
        budget = new MessageBudget(limits);
        message = new HeldOctets(allocator);
        command = new HeldOctets(allocator);
        untaken = new UntakenInput(allocator);
    }

    /**
     * A decoder for one connection with a peer of ZMTP 2.0, where the flag of commands is reserved (15/ZMTP, "Framing").
     *
     * @param limits what a message may have
     * @param allocator where the octets of unfinished messages are kept
     * @return a decoder that never tells of a command
     */
    public static MessageDecoder withoutCommands(ZmtpLimits limits, ByteBufAllocator allocator) {
        return new MessageDecoder(limits, allocator, new FrameHeader(Frames.RESERVED | Frames.COMMAND));
    }

    /** Takes what was decoded, in the order of the octets. */
    public interface Sink {
        /**
         * Takes a message. Whatever this throws ends the decoder.
         *
         * @param message its readable octets are the frames of one whole message in canonical form, no command among them.
         *     It is lent until this returns: to keep octets, copy or {@code retainedSlice} them (see {@link Borrowed});
         *     the reader index may be moved, nothing else
         */
        void onMessage(ByteBuf message);

        /**
         * Takes a command; one that stands between the frames of a message comes before that message.
         *
         * @param body its readable octets are name and data, at least one octet, not checked further; lent as a message is
         */
        void onCommand(ByteBuf body);
    }

    /**
     * Decodes the octets that came next. While the decoder is paused they are kept as they are.
     *
     * @param in taken over, also when this throws
     * @param sink told of each message and command before this returns
     * @throws ZmtpProtocolException if the peer broke a rule; from then on all input is dropped
     */
    public void decode(ByteBuf in, Sink sink) {
        if (closed) {
            in.release();
        } else if (paused || !untaken.isEmpty()) {
            untaken.add(in);
        } else if (decodeSome(in, sink)) {
            in.release();
        } else {
            untaken.add(in);
        }
    }

    /** Delivers nothing more behind what is being delivered, until {@link #resume}. */
    public void pause() {
        paused = true;
    }

    /**
     * Goes on where {@link #pause} stopped, until all that came is delivered or it is called again. A sink may call this, too;
     * then what follows is delivered when it has returned.
     *
     * @param sink as for {@link #decode}
     * @throws ZmtpProtocolException as for {@link #decode}
     */
    public void resume(Sink sink) {
        paused = false;
        if (decoding) {
            return;
        }
        while (!paused) {
            ByteBuf next = untaken.poll();
            if (next == null) {
                return;
            }
            if (decodeSome(next, sink)) {
                next.release();
            } else {
                untaken.putBack(next);
            }
        }
    }

    /**
     * Whether octets have come that were not looked at, since the decoder was paused.
     *
     * @return true also if they are no whole message
     */
    public boolean hasUntaken() {
        return !untaken.isEmpty();
    }

    /** Whether all of a buffer was used up; it is the caller's to release, unless this throws: then it is released. */
    private boolean decodeSome(ByteBuf in, Sink sink) {
        boolean sound = false;
        decoding = true;
        try {
            int at = in.readerIndex();
            int end = in.writerIndex();
            while (at < end && !closed && !paused) {
                if (lacking != NO_BODY) {
                    at = body(in, at, end, sink);
                } else if (header.isBegun()) {
                    at = splitHeader(in, at, end, sink);
                } else {
                    at = frames(in, at, end, sink);
                }
            }
            sound = true;
            in.setIndex(at, end);
            return at == end || closed;
        } finally {
            decoding = false;
            if (!sound) {
                in.release();
                close();
            }
        }
    }

    /** Releases what is held of an unfinished message and drops all later input. May be called more than once. */
    public void close() {
        closed = true;
        lacking = NO_BODY;
        message.release();
        command.release();
        untaken.release();
    }

    /**
     * How many octets the unfinished frame still lacks: a hint for the size of the next receive buffer.
     *
     * @return octets; 0 when there is no unfinished frame or its header is not whole
     */
    public long octetsLacking() {
        return Math.max(0, lacking);
    }

    /**
     * What is held of an unfinished message and command.
     *
     * @return octets
     */
    public int heldOctets() {
        return message.length() + command.length();
    }

    /**
     * The memory that is taken, or pinned, by what is held of an unfinished message and command, and by what came while the
     * decoder was paused.
     *
     * @return octets
     */
    public long occupiedOctets() {
        return message.occupied() + command.occupied() + untaken.occupied();
    }

    /**
     * Walks the frames of one message from its first frame here, in place, until it is whole, or the octets end, or a frame
     * comes that can't stay as it is.
     *
     * @return where to go on
     */
    private int frames(ByteBuf in, int start, int end, Sink sink) {
        int at = start;
        while (true) {
            int headerLength = header.read(in, at, end - at);
            if (headerLength == 0) {
                hold(in, start, at, 0);
                return splitHeader(in, at, end, sink);
            }
            if (header.isCommand() || !header.isCanonical()) {
                hold(in, start, at, 0);
                beginBody();
                return body(in, at + headerLength, end, sink);
            }
            budget.addFrame(header.bodyLength());
            long next = at + headerLength + header.bodyLength();
            if (next > end) {
                lacking = next - end;
                hold(in, start, end, lacking);
                return end;
            }
            at = (int) next;
            if (!header.hasMore()) {
                deliver(in, start, at, end, sink);
                return at;
            }
        }
    }

    /** Takes the octets of a header that does not lie in one buffer, and goes on with its body when it is whole. */
    private int splitHeader(ByteBuf in, int start, int end, Sink sink) {
        int at = start;
        while (at < end) {
            if (header.offer(in.getByte(at++))) {
                beginBody();
                return body(in, at, end, sink);
            }
        }
        return at;
    }

    /** Judges the frame that the header announces and, if it belongs to a message, holds its canonical header. */
    private void beginBody() {
        if (header.isCommand()) {
            budget.checkCommand(header.bodyLength());
        } else {
            budget.addFrame(header.bodyLength());
            message.appendHeader(header.hasMore(), (int) header.bodyLength());
        }
        lacking = header.bodyLength();
    }

    /** Takes what there is of the body of the header's frame, possibly nothing, and ends the frame when it is whole. */
    private int body(ByteBuf in, int at, int end, Sink sink) {
        int count = (int) Math.min(lacking, end - at);
        boolean whole = count == lacking;
        if (header.isCommand()) {
            if (whole) {
                lacking = NO_BODY;
                deliverCommand(in, at, at + count, end, sink);
            } else {
                lacking -= count;
                command.append(in, at, count, lacking);
            }
            return at + count;
        }
        hold(in, at, at + count, lacking - count);
        lacking = whole ? NO_BODY : lacking - count;
        if (whole && !header.hasMore()) {
            deliverHeld(sink);
        }
        return at + count;
    }

    private void hold(ByteBuf in, int start, int end, long toCome) {
        if (end > start) {
            message.append(in, start, end - start, toCome);
        }
    }

    private void deliver(ByteBuf in, int start, int messageEnd, int end, Sink sink) {
        if (!message.isEmpty()) {
            hold(in, start, messageEnd, 0);
            deliverHeld(sink);
            return;
        }
        budget.reset();
        in.setIndex(start, messageEnd);
        sink.onMessage(in);
        in.setIndex(messageEnd, end);
    }

    private void deliverHeld(Sink sink) {
        budget.reset();
        ByteBuf whole = message.take();
        try {
            sink.onMessage(whole);
        } finally {
            whole.release();
        }
    }

    private void deliverCommand(ByteBuf in, int start, int commandEnd, int end, Sink sink) {
        if (command.isEmpty()) {
            in.setIndex(start, commandEnd);
            sink.onCommand(in);
            in.setIndex(commandEnd, end);
            return;
        }
        command.append(in, start, commandEnd - start, 0);
        ByteBuf whole = command.take();
        try {
            sink.onCommand(whole);
        } finally {
            whole.release();
        }
    }
}
