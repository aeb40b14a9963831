package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dialect.AnswerPeer;
import io.zmtpbroker.broker.dialect.FetchPeer;
import io.zmtpbroker.broker.dialect.Peer;
import io.zmtpbroker.broker.dialect.RequestPeer;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.SocketType;
import io.zmtpbroker.zmtp.ZmtpPeer;

/** Chooses the dialect of a peer whose handshake is over. */
final class PeerFactory {

    private final Dispatcher<ByteBuf> dispatcher;
    private final ClientGone clientGone;

    PeerFactory(Dispatcher<ByteBuf> dispatcher, ClientGone clientGone) {
        this.dispatcher = dispatcher;
        this.clientGone = clientGone;
    }

    /** Opens the peer of an endpoint of such a role and such options. */
    Peer open(EndpointRole role, EndpointOptions options, ZmtpPeer remote, PeerLink link) {
        Service<ByteBuf> service = dispatcher.service(options.service());
        return switch (role) {
            case CLIENTS -> new RequestPeer(dispatcher, service, link, clientGone.policyFor(remote));
            case WORKERS ->
                remote.type() == SocketType.PUSH
                        ? new AnswerPeer(dispatcher, link)
                        : new FetchPeer(dispatcher, service, link);
            case ANSWERS -> new AnswerPeer(dispatcher, link);
        };
    }
}
