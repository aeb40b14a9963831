package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.socket.DropReason;
import io.zmtpbroker.broker.socket.Envelope;

/**
 * A plain client: REQ, DEALER or ROUTER, which sends {@code [envelope..., "", body...]} and gets {@code [envelope..., "",
 * answer...]}, or, when its request has failed, {@code [envelope..., "", ""]}. It asks for the service of its endpoint.
 */
public final class RequestPeer implements ClientSide {

    private final ClientSession session;
    private final Service<ByteBuf> service;

    /** A client that has not asked yet. */
    public RequestPeer(ClientSession session, Service<ByteBuf> service) {
        this.session = session;
        this.service = service;
    }

    @Override
    public void onOpen(long nowNanos) {
        session.replyAs(ReplyForm.AS_ASKED);
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        int body = Envelope.end(message);
        if (body < 0) {
            session.link().dropped(body == Envelope.NO_BODY ? DropReason.NO_BODY : DropReason.NO_DELIMITER);
            return;
        }
        session.ask(service, message, body, nowNanos);
    }

    @Override
    public ClientSession session() {
        return session;
    }
}
