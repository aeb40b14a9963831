package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.wire.Frames;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The envelopes of a worker's open fetches, oldest first; each is put back in front of the task that answers it.
 *
 * <p>Nearly all of them are the bare delimiter. Those in front of the first other one are only counted. The others take
 * memory for as long as there is no work, so there is a limit for them, and another one for those of all connections
 * ({@link EnvelopeRoom}). A few short ones may always be kept.
 */
final class FetchEnvelopes implements EnvelopeRoom.Holder {

    /** How many fetches one connection may have open; a REQ has one. */
    static final int MAX_OPEN = 1000;

    /** How long an envelope may be, in octets. */
    static final int MAX_LENGTH = 4096;

    /** What those of one connection may cost, in octets; the bare delimiter costs nothing. */
    static final int MAX_OCTETS = 64 * 1024;

    /** What those of one connection may cost however much is kept for others. */
    static final int FREE_OCTETS = 256;

    /** What one of them costs beside its octets. */
    static final int OVERHEAD_OCTETS = 24;

    private static final int DELIMITER_LENGTH = 2;

    /** The bare delimiters behind the first other one share it. */
    private static final byte[] DELIMITER = {1, 0};

    private final EnvelopeRoom room;
    private final PeerLink link;
    private int bareDelimiters;
    private @Nullable ArrayDeque<byte[]> others;
    private int octets;

    /** Whether what is still kept counts in the room no more, since the connection is being closed. */
    private boolean gaveWay;

    /**
     * None yet.
     *
     * @param room shared by all connections
     * @param link of the worker
     */
    FetchEnvelopes(EnvelopeRoom room, PeerLink link) {
        this.room = room;
        this.link = link;
    }

    int size() {
        return bareDelimiters + (others == null ? 0 : others.size());
    }

    /** Whether one more fetch is taken, with an envelope of that length; if not, it is counted, or the peer makes room. */
    boolean admit(int length) {
        if (gaveWay) {
            return false;
        }
        if (length > MAX_LENGTH || !isWithinOwn(length)) {
            link.dropped(DropReason.ENVELOPE_TOO_LONG);
            return false;
        }
        if (size() >= MAX_OPEN) {
            link.dropped(DropReason.TOO_MANY_FETCHES);
            return false;
        }
        return hasRoomFor(length) || room.makeRoomFor(this, chargeFor(length));
    }

    /** Whether an envelope of that length may be kept beside those that are, and beside those of others. */
    boolean hasRoomFor(int length) {
        return cost(length) == 0 || (isWithinOwn(length) && room.has(chargeFor(length)));
    }

    private boolean isWithinOwn(int length) {
        int cost = cost(length);
        return cost == 0 || octets + cost <= MAX_OCTETS;
    }

    /** What more is taken of the room with an envelope of that length. */
    private int chargeFor(int length) {
        return charge(octets + cost(length)) - charge(octets);
    }

    /** What is taken of the room for all when so much is kept. */
    private static int charge(int octets) {
        return Math.max(0, octets - FREE_OCTETS);
    }

    @Override
    public Object place() {
        return link.place();
    }

    @Override
    public int charged() {
        return gaveWay ? 0 : charge(octets);
    }

    @Override
    public void makeRoom() {
        int before = charged();
        gaveWay = true;
        room.change(this, before, 0);
        link.closeToMakeRoom(
                "the envelopes of open fetches take all of the room for them, and it holds most of its address,"
                        + " which holds most of all");
    }

    private void keep(int more) {
        int before = charged();
        octets += more;
        room.change(this, before, charged());
    }

    private static int cost(int length) {
        return length == DELIMITER_LENGTH ? 0 : length + OVERHEAD_OCTETS;
    }

    /** Keeps the first {@code length} readable octets of a fetch. */
    void add(ByteBuf fetch, int length) {
        if (length == DELIMITER_LENGTH && others == null) {
            bareDelimiters++;
            return;
        }
        if (others == null) {
            others = new ArrayDeque<>();
        }
        others.add(length == DELIMITER_LENGTH ? DELIMITER : copyOf(fetch, length));
        keep(cost(length));
    }

    private static byte[] copyOf(ByteBuf fetch, int length) {
        byte[] envelope = new byte[length];
        fetch.getBytes(fetch.readerIndex(), envelope);
        return envelope;
    }

    /** Keeps the envelope of a fetch that was not heard. */
    void addBareDelimiter() {
        bareDelimiters++;
    }

    /** Takes that envelope back. */
    void removeBareDelimiter() {
        bareDelimiters--;
    }

    /** Writes the oldest envelope and forgets it; there must be one. */
    void pollTo(ByteBuf out) {
        if (bareDelimiters > 0) {
            bareDelimiters--;
            Frames.writeHeader(out, true, 0);
            return;
        }
        if (others == null) {
            throw new AssertionError("a task without a fetch");
        }
        byte[] envelope = others.remove();
        keep(-cost(envelope.length));
        out.writeBytes(envelope);
        if (others.isEmpty()) {
            others = null;
        }
    }

    /** Forgets all: the worker has gone. */
    void clear() {
        keep(-octets);
        others = null;
        bareDelimiters = 0;
    }
}
