package io.zmtpbroker.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.zmtp.wire.Borrowed;
import io.zmtpbroker.zmtp.wire.Frames;

/** A client that keeps its window full, each reply making room for the next request, or asks when it is told to. */
final class LoadClient extends LoadConnection {

    private final int index;
    private final RequestBody body;
    private final boolean asksByItself;

    /** Of each slot of the window: from when its request's time counts, how often it was used, and whether a reply is awaited. */
    private final long[] startNanos;

    private final long[] uses;
    private final boolean[] open;

    LoadClient(LoadLoop loop, Runnable onHandshake, int index, int window, RequestBody body, boolean asksByItself) {
        super(loop, onHandshake);
        this.index = index;
        this.body = body;
        this.asksByItself = asksByItself;
        startNanos = new long[window];
        uses = new long[window];
        open = new boolean[window];
    }

    @Override
    void onOpen() {
        for (int slot = 0; slot < open.length; slot++) {
            ask(slot, System.nanoTime());
        }
    }

    /**
     * Makes a request in the first slot, unless it waits for a reply there.
     *
     * @param plannedNanos from when its time counts
     * @return whether it was made
     */
    boolean askIfFree(long plannedNanos) {
        if (open[0]) {
            return false;
        }
        ask(0, plannedNanos);
        return true;
    }

    private void ask(int slot, long beginNanos) {
        open[slot] = true;
        startNanos[slot] = beginNanos;
        ByteBuf out = out();
        Frames.writeEmptyMore(out);
        Frames.writeHeader(out, false, body.length());
        RequestBody.writeHead(out, index, slot, ++uses[slot]);
        ByteBuf filling = body.filling();
        if (filling.readableBytes() < Borrowed.COPY_BELOW) {
            out.writeBytes(filling, 0, filling.readableBytes());
        } else {
            say(filling);
        }
        loop().asked();
    }

    @Override
    public void onMessage(ByteBuf message) {
        int frame = message.readerIndex() + Frames.EMPTY_LENGTH;
        boolean plain = Frames.isEmptyMore(message, message.readerIndex())
                && Frames.next(message, frame) == message.writerIndex();
        if (plain && Frames.bodyLength(message, frame) == 0) {
            loop().refused();
            return;
        }
        int slot = plain && Frames.bodyLength(message, frame) == body.length()
                ? slotOf(message, Frames.bodyIndex(message, frame))
                : -1;
        if (slot < 0) {
            loop().wrong();
            return;
        }
        open[slot] = false;
        loop().replied(System.nanoTime() - startNanos[slot]);
        if (asksByItself && loop().phase() != Phase.DRAINING) {
            ask(slot, System.nanoTime());
        }
    }

    /** The slot of the request that this body is the right reply to; -1 when there is none. */
    private int slotOf(ByteBuf message, int at) {
        int slot = message.getInt(at + 4);
        boolean known = message.getInt(at) == index && slot >= 0 && slot < open.length;
        return known && open[slot] && message.getLong(at + 8) == uses[slot] && body.hasFilling(message, at) ? slot : -1;
    }
}
