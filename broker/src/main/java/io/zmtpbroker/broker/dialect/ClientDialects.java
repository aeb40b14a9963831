package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.dispatch.Dispatcher;
import io.zmtpbroker.broker.dispatch.Service;

/** The dialects that clients of one endpoint may speak. */
public final class ClientDialects {

    /** Which ones. */
    public enum Choice {
        /** Majordomo where the first message has its header, else plain. */
        AUTO,
        /** Plain, whatever the body looks like. */
        PLAIN,
        /** Majordomo; anything else is dropped. */
        MAJORDOMO
    }

    private final Dispatcher<ByteBuf> dispatcher;
    private final Service<ByteBuf> service;
    private final Choice choice;

    /**
     * The dialects of an endpoint.
     *
     * @param service what plain clients ask for
     */
    public ClientDialects(Dispatcher<ByteBuf> dispatcher, Service<ByteBuf> service, Choice choice) {
        this.dispatcher = dispatcher;
        this.service = service;
        this.choice = choice;
    }

    /** The peer that speaks as a first message does. */
    Peer open(ClientSession session, ByteBuf firstMessage) {
        if (choice != Choice.PLAIN) {
            for (MajordomoVersion version : MajordomoVersion.values()) {
                if (MajordomoClientPeer.serviceAt(firstMessage, version) >= 0) {
                    return new MajordomoClientPeer(dispatcher, version, session);
                }
            }
        }
        return choice == Choice.MAJORDOMO
                ? new MajordomoClientPeer(dispatcher, MajordomoVersion.V0_1, session)
                : new RequestPeer(session, service);
    }
}
