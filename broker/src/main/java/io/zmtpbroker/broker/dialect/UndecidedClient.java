package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * A client whose first message decides whether it is a plain one or one of Majordomo. The dialect belongs to the connection,
 * is decided once and never changes.
 */
public final class UndecidedClient implements ClientSide {

    private final ClientDialects dialects;
    private final ClientSession session;
    private final Consumer<Peer> become;

    /**
     * A client that has said nothing yet.
     *
     * @param become told who the client is; from then on nothing is called here
     */
    public UndecidedClient(ClientDialects dialects, ClientSession session, Consumer<Peer> become) {
        this.dialects = dialects;
        this.session = session;
        this.become = become;
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        if (Probe.is(message)) {
            return;
        }
        Peer decided = dialects.open(session, message);
        become.accept(decided);
        decided.onMessage(message, nowNanos);
    }

    @Override
    public ClientSession session() {
        return session;
    }
}
