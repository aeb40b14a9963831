package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.Outgoing;
import io.zmtpbroker.broker.socket.PeerLink;
import java.util.ArrayList;
import java.util.List;

/** A connection that only notes what its dialect does. */
final class RecordingLink implements PeerLink, Outgoing {

    final List<DropReason> drops = new ArrayList<>();
    /** Why the dialect closed the connection; empty if it did not. */
    String closedBecause = "";

    /** Who the peer is. */
    String user = "";

    /** Why the dialect refused the peer; empty if it did not. */
    String refusedBecause = "";

    /** Why the dialect closed it for the room that others need; empty if it did not. */
    String madeRoomBecause = "";

    /** Where the peer is: with nobody else. */
    Object place = this;

    boolean replaced;
    private final ByteBuf sent = Unpooled.buffer();
    private final ByteBufAllocator allocator;

    RecordingLink() {
        this(UnpooledByteBufAllocator.DEFAULT);
    }

    RecordingLink(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** The octets sent since the last call, in hexadecimal. */
    String takeSent() {
        String hex = ByteBufUtil.hexDump(sent);
        sent.clear();
        return hex;
    }

    /** The octets of a message, given in hexadecimal with blanks for the eye. */
    static ByteBuf message(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    /** Hexadecimal digits without the blanks. */
    static String hex(String spaced) {
        return spaced.replace(" ", "");
    }

    @Override
    public Outgoing outgoing() {
        return this;
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public ByteBufAllocator allocator() {
        return allocator;
    }

    @Override
    public int maxMessageLength() {
        return 1000;
    }

    @Override
    public void close(String reason) {
        closedBecause = reason;
    }

    @Override
    public void refused(String reason) {
        refusedBecause = reason;
    }

    @Override
    public Object place() {
        return place;
    }

    @Override
    public void closeToMakeRoom(String reason) {
        madeRoomBecause = reason;
    }

    @Override
    public void replace() {
        replaced = true;
    }

    @Override
    public void dropped(DropReason reason) {
        drops.add(reason);
    }

    @Override
    public ByteBuf buffer() {
        return sent;
    }

    @Override
    public void append(ByteBuf octets) {
        sent.writeBytes(octets, octets.readerIndex(), octets.readableBytes());
    }
}
