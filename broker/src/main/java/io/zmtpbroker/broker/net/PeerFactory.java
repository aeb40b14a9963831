package io.zmtpbroker.broker.net;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dialect.AnswerPeer;
import io.zmtpbroker.broker.dialect.FetchPeer;
import io.zmtpbroker.broker.dialect.Peer;
import io.zmtpbroker.broker.dialect.RequestPeer;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Service;
import io.zmtpbroker.broker.socket.PeerLink;
import io.zmtpbroker.zmtp.ZmtpPeer;

/** Chooses the dialect of a peer whose handshake is over. */
final class PeerFactory {

    private final Dispatcher<ByteBuf> dispatcher;
    private final Service<ByteBuf> service;
    private final ClientGone clientGone;

    PeerFactory(Dispatcher<ByteBuf> dispatcher, ClientGone clientGone) {
        this.dispatcher = dispatcher;
        this.service = dispatcher.service("");
        this.clientGone = clientGone;
    }

    Peer open(EndpointRole role, ZmtpPeer remote, PeerLink link) {
        return switch (role) {
            case CLIENTS -> new RequestPeer(dispatcher, service, link, clientGone.policyFor(remote));
            case WORKERS -> new FetchPeer(dispatcher, service, link);
            case ANSWERS -> new AnswerPeer(dispatcher, link);
        };
    }
}
