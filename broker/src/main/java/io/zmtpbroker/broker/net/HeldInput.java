package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What is held for one connection of what its peer sent: input that is not delivered, a message that waits for its turn, and
 * parts of replies that are gathered. {@link PartialMessages} is told of it, and may want the peer not to be read. Confined to
 * the dispatch loop.
 */
final class HeldInput implements Holding.Holder {

    private final PeerConnection connection;
    private final DispatchLoop loop;
    private final ReadGate gate;
    private final AddressUse address;
    private long undeliveredOctets;
    private long gatheredOctets;
    private boolean ended;

    /** A whole message that waits for its turn, in front of all that is undelivered; null mostly. */
    private @Nullable ByteBuf first;

    HeldInput(PeerConnection connection, DispatchLoop loop, ReadGate gate, AddressUse address) {
        this.connection = connection;
        this.loop = loop;
        this.gate = gate;
        this.address = address;
    }

    /** So many octets came and are not delivered. */
    void undelivered(long octets) {
        undeliveredOctets = octets;
        tell();
    }

    /** Parts of replies of so many octets wait for the last one. */
    void gathered(long octets) {
        gatheredOctets = octets;
        tell();
    }

    /** A whole message waits for its turn; it is ours to release from now on. */
    void keepFirst(ByteBuf message) {
        first = message;
        tell();
    }

    /** The message that waits for its turn, which the caller releases; null if there is none. */
    @Nullable
    ByteBuf takeFirst() {
        ByteBuf message = first;
        if (message != null) {
            first = null;
            tell();
        }
        return message;
    }

    private void tell() {
        if (!ended) {
            long whole = gatheredOctets + (first == null ? 0 : first.readableBytes());
            loop.partials().update(this, undeliveredOctets + whole, whole, loop.nowNanos());
        }
    }

    /** The connection has ended; what is still told counts no more. */
    void ended() {
        ended = true;
        if (first != null) {
            first.release();
            first = null;
        }
        loop.partials().gone(this, loop.nowNanos());
    }

    @Override
    public AddressUse address() {
        return address;
    }

    @Override
    public boolean isKeptFromReading() {
        return gate.isClosedOtherwise(ReadGate.Reason.PARTIAL_MESSAGES);
    }

    @Override
    public void readPartial(boolean read) {
        if (read) {
            gate.open(ReadGate.Reason.PARTIAL_MESSAGES);
        } else {
            gate.close(ReadGate.Reason.PARTIAL_MESSAGES);
        }
    }

    @Override
    public void closeAsHolder(String reason) {
        loop.counters().connectionHolding();
        connection.close(reason);
    }
}
