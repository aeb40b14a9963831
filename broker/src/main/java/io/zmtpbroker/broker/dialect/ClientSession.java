package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Client;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.GonePolicy;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.dispatch.StreamPort;
import io.zmtpbroker.broker.socket.NoPeer;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.wire.Borrowed;
import io.zmtpbroker.zmtp.wire.Frames;
import io.zmtpbroker.zmtp.wire.PinnedOctets;
import org.jspecify.annotations.Nullable;

/**
 * A client and its open requests, which may outlive a connection: a client with a routing id that comes back, or appears
 * twice, is given its replies where it was last seen.
 *
 * <p>The payload of a request is the client's whole message, its reader index at the body: the octets before it are what a
 * reply begins with.
 */
public final class ClientSession implements StreamPort<ByteBuf> {

    /** Where the command stands in what a reply of 18/MDP begins with: behind the header's frame and its own header. */
    private static final int MAJORDOMO_COMMAND_AT = 10;

    private static final int PARTIAL = 2;
    /** The command of a last or only reply. */
    static final int FINAL = 3;

    private final Dispatcher<ByteBuf> dispatcher;
    private final GonePolicy policy;
    private final Runnable onForgotten;
    private final int overheadOctets;

    /** Where the client is; {@link NoPeer} while it is away, so that nothing is kept of a connection that has ended. */
    private PeerLink link;

    private ReplyForm form = ReplyForm.AS_ASKED;
    private boolean away;

    /** Null until the client has asked for the first time. */
    private @Nullable Client<ByteBuf> client;

    /**
     * A client that is here.
     *
     * @param onForgotten called when the client is away and all of its requests have ended
     */
    public ClientSession(Dispatcher<ByteBuf> dispatcher, GonePolicy policy, PeerLink link, Runnable onForgotten) {
        this(dispatcher, policy, link, onForgotten, 0);
    }

    /**
     * A client that is here, and costs much while it is away.
     *
     * @param overheadOctets what it costs beside its requests: charged with each that is the only one open
     */
    public ClientSession(
            Dispatcher<ByteBuf> dispatcher,
            GonePolicy policy,
            PeerLink link,
            Runnable onForgotten,
            int overheadOctets) {
        this.dispatcher = dispatcher;
        this.policy = policy;
        this.link = link;
        this.onForgotten = onForgotten;
        this.overheadOctets = overheadOctets;
    }

    /** The client is on another connection now; the one before, if it is still there, is closed and heard no more. */
    public void moveTo(PeerLink next, long nowNanos) {
        boolean wasHere = !away;
        if (wasHere) {
            link.replace();
        }
        link = next;
        away = false;
        if (client == null) {
            return;
        }
        if (wasHere && policy == GonePolicy.RUN && client.openRequests() > 0) {
            dispatcher.onClientGone(client, nowNanos); // what was sent last on the old connection may be lost
        }
        dispatcher.onClientBack(client);
        dispatcher.onClientUnblocked(client, nowNanos);
        dispatcher.onClientLimited(client, Integer.MAX_VALUE, nowNanos);
    }

    /** Whether the client is on no connection now. */
    public boolean isAway() {
        return away;
    }

    PeerLink link() {
        return link;
    }

    /** What the client takes, for its first request to settle; what a reply begins with, the request itself says. */
    void replyAs(ReplyForm next) {
        form = next;
    }

    /**
     * The client asks.
     *
     * @param message borrowed; what its reply begins with, then the body
     * @param body index of the body in it
     */
    void ask(Service<ByteBuf> service, ByteBuf message, int body, long nowNanos) {
        int prefixLength = body - message.readerIndex();
        ByteBuf payload = Borrowed.keep(message, link.allocator()).skipBytes(prefixLength);
        int charge = PinnedOctets.of(payload) + Request.OVERHEAD_OCTETS;
        if (client == null || client.openRequests() == 0) {
            charge += overheadOctets;
        }
        dispatcher.onRequest(client(), service, payload, charge, nowNanos);
    }

    private Client<ByteBuf> client() {
        if (client == null) {
            client = form == ReplyForm.MAJORDOMO_0_2
                    ? dispatcher.openStreamClient(this, policy)
                    : dispatcher.openClient(this, policy);
        }
        return client;
    }

    /** What the client's open requests are charged with. */
    long queuedOctets() {
        return client == null ? 0 : client.openOctets();
    }

    void blocked() {
        if (client != null) {
            dispatcher.onClientBlocked(client);
        }
    }

    void unblocked(long nowNanos) {
        if (client != null) {
            dispatcher.onClientUnblocked(client, nowNanos);
        }
    }

    void limited(int maxOut, long nowNanos) {
        if (client != null) {
            dispatcher.onClientLimited(client, maxOut, nowNanos);
        }
    }

    void gone(long nowNanos) {
        away = true;
        link = NoPeer.LINK;
        if (client == null) {
            onForgotten.run();
        } else {
            dispatcher.onClientGone(client, nowNanos);
        }
    }

    @Override
    public void forgotten() {
        client = null;
        onForgotten.run();
    }

    @Override
    public void answer(Request<ByteBuf> request, ByteBuf content) {
        link.requestEnded();
        writePrefix(request.payload(), FINAL);
        link.outgoing().append(content);
    }

    @Override
    public void partial(Request<ByteBuf> request, ByteBuf content) {
        writePrefix(request.payload(), PARTIAL);
        link.outgoing().append(content);
    }

    @Override
    public void fail(Request<ByteBuf> request) {
        link.requestEnded();
        writePrefix(request.payload(), FINAL);
        Frames.writeHeader(link.outgoing().buffer(), false, 0);
    }

    private void writePrefix(ByteBuf payload, int command) {
        writePrefix(payload, 0, payload.readerIndex(), command);
    }

    /** Begins a reply with octets of the request. */
    void writePrefix(ByteBuf from, int start, int end, int command) {
        ByteBuf out = link.outgoing().buffer();
        int at = out.writerIndex();
        out.writeBytes(from, start, end - start);
        if (MajordomoClientPeer.beginsRequestOf02(from, start)) {
            out.setByte(at + MAJORDOMO_COMMAND_AT, command);
        }
    }
}
