package io.zmtpbroker.zmtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.DefaultByteBufHolder;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One whole message, held as its frames in canonical wire form: the short form for bodies of up to 255 octets, the long
 * form above, MORE on every frame but the last, no commands between them (37/ZMTP, "Framing"). Its reference count is that
 * of {@link #content()}: whoever has the message last releases it; writing it to a channel hands it over.
 */
public final class ZmtpMessage extends DefaultByteBufHolder {
    private ZmtpMessage(ByteBuf wire) {
        super(wire);
    }

    /**
     * A message of frames whose bodies are copied.
     *
     * @param allocator where its buffer comes from
     * @param bodies the body of each frame, at least one
     * @return a new message, owned by the caller
     * @throws IllegalArgumentException if there is no frame
     */
    public static ZmtpMessage of(ByteBufAllocator allocator, byte[]... bodies) {
        ByteBuf[] frames = new ByteBuf[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            frames[i] = Unpooled.wrappedBuffer(bodies[i]);
        }
        return ofFrames(allocator, frames);
    }

    /**
     * A message of frames whose bodies are the readable octets of buffers. Small bodies are copied, large ones become
     * parts of the message.
     *
     * @param allocator where its buffer comes from
     * @param bodies the body of each frame, at least one; they are taken over, also when this fails
     * @return a new message, owned by the caller
     * @throws IllegalArgumentException if there is no frame
     */
    public static ZmtpMessage ofFrames(ByteBufAllocator allocator, ByteBuf... bodies) {
        return new ZmtpMessage(WireForm.assemble(allocator, bodies));
    }

    /**
     * A message whose canonical wire form is there already. The octets are trusted, not checked.
     *
     * @param wire its readable octets are the frames of exactly one message; taken over
     * @return the message, owned by the caller
     */
    public static ZmtpMessage ofWire(ByteBuf wire) {
        return new ZmtpMessage(wire);
    }

    /**
     * The number of frames.
     *
     * @return at least 1
     */
    public int frameCount() {
        ByteBuf wire = content();
        int count = 0;
        for (int at = wire.readerIndex(); at < wire.writerIndex(); at = WireForm.next(wire, at)) {
            count++;
        }
        return count;
    }

    /**
     * The body of one frame.
     *
     * @param index from 0
     * @return a view that lives as long as the message; it is not retained
     * @throws IndexOutOfBoundsException if there is no such frame
     */
    public ByteBuf frame(int index) {
        ByteBuf wire = content();
        int at = wire.readerIndex();
        for (int i = 0; i < index && at < wire.writerIndex(); i++) {
            at = WireForm.next(wire, at);
        }
        if (index < 0 || at >= wire.writerIndex()) {
            throw new IndexOutOfBoundsException("frame " + index + " of " + frameCount());
        }
        return WireForm.body(wire, at);
    }

    /**
     * The bodies of all frames.
     *
     * @return views that live as long as the message; they are not retained
     */
    public List<ByteBuf> frames() {
        ByteBuf wire = content();
        List<ByteBuf> bodies = new ArrayList<>();
        for (int at = wire.readerIndex(); at < wire.writerIndex(); at = WireForm.next(wire, at)) {
            bodies.add(WireForm.body(wire, at));
        }
        return Collections.unmodifiableList(bodies);
    }

    @Override
    public ZmtpMessage copy() {
        return (ZmtpMessage) super.copy();
    }

    @Override
    public ZmtpMessage duplicate() {
        return (ZmtpMessage) super.duplicate();
    }

    @Override
    public ZmtpMessage retainedDuplicate() {
        return (ZmtpMessage) super.retainedDuplicate();
    }

    @Override
    public ZmtpMessage replace(ByteBuf content) {
        return new ZmtpMessage(content);
    }

    @Override
    public ZmtpMessage retain() {
        super.retain();
        return this;
    }

    @Override
    public ZmtpMessage retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public ZmtpMessage touch() {
        super.touch();
        return this;
    }

    @Override
    public ZmtpMessage touch(Object hint) {
        super.touch(hint);
        return this;
    }

    /** The length on the wire; never the payload. */
    @Override
    public String toString() {
        return "ZmtpMessage[" + (refCnt() == 0 ? "released" : content().readableBytes() + " octets") + "]";
    }
}
