package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Client;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.GonePolicy;
import io.zmtpbroker.broker.dispatch.ReplyPort;
import io.zmtpbroker.broker.dispatch.Request;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.Envelope;
import io.zmtpbroker.broker.socket.Outgoing;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.wire.Borrowed;
import io.zmtpbroker.zmtp.wire.Frames;

/**
 * A client: REQ, DEALER or ROUTER, which sends {@code [envelope..., "", body...]} and gets {@code [envelope..., "",
 * answer...]}, or, when its request has failed, {@code [envelope..., "", ""]}.
 *
 * <p>The payload of a request is the client's whole message, its reader index at the body: the octets before it are the
 * envelope of the reply.
 */
public final class RequestPeer implements Peer, ReplyPort<ByteBuf> {

    private final Dispatcher<ByteBuf> dispatcher;
    private final Service<ByteBuf> service;
    private final PeerLink link;
    private final Client<ByteBuf> client;
    private boolean firstMessage = true;

    /** Opens a client of a service; {@link #onGone} closes it. */
    public RequestPeer(Dispatcher<ByteBuf> dispatcher, Service<ByteBuf> service, PeerLink link, GonePolicy gonePolicy) {
        this.dispatcher = dispatcher;
        this.service = service;
        this.link = link;
        this.client = dispatcher.openClient(this, gonePolicy);
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        boolean first = firstMessage;
        firstMessage = false;
        int body = Envelope.end(message);
        if (body < 0) {
            if (!(first && isProbe(message))) {
                link.dropped(body == Envelope.NO_BODY ? DropReason.NO_BODY : DropReason.NO_DELIMITER);
            }
            return;
        }
        int envelopeLength = body - message.readerIndex();
        ByteBuf payload = Borrowed.keep(message, link.allocator());
        payload.skipBytes(envelopeLength);
        dispatcher.onRequest(client, service, payload, message.readableBytes() + Request.OVERHEAD_OCTETS, nowNanos);
    }

    /** A socket with ZMQ_PROBE_ROUTER begins with one empty message. */
    private static boolean isProbe(ByteBuf message) {
        return message.readableBytes() == 2;
    }

    @Override
    public void onBlocked() {
        dispatcher.onClientBlocked(client);
    }

    @Override
    public void onUnblocked(long nowNanos) {
        dispatcher.onClientUnblocked(client, nowNanos);
    }

    @Override
    public void onGone(long nowNanos) {
        dispatcher.onClientGone(client, nowNanos);
    }

    @Override
    public void answer(Request<ByteBuf> request, ByteBuf content) {
        Outgoing outgoing = link.outgoing();
        writeEnvelope(request.payload(), outgoing.buffer());
        outgoing.append(content);
    }

    @Override
    public void fail(Request<ByteBuf> request) {
        ByteBuf out = link.outgoing().buffer();
        writeEnvelope(request.payload(), out);
        Frames.writeHeader(out, false, 0);
    }

    private static void writeEnvelope(ByteBuf payload, ByteBuf out) {
        out.writeBytes(payload, 0, payload.readerIndex());
    }
}
