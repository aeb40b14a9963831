package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.socket.PeerLink;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A REQ or DEALER on a workers' endpoint that has said nothing yet: its first message decides which dialect it speaks, once.
 * Right after the broker's start the silence of a REQ may say something, too: see {@link Revival}.
 */
public final class UndecidedWorker implements Peer {

    private final WorkerDialects dialects;
    private final PeerLink link;
    private final Consumer<Peer> become;

    /** Null where silence says nothing. */
    private @Nullable Revival revival;

    private long openedNanos;

    /**
     * A worker that has said nothing yet.
     *
     * @param revival for a REQ; null for others, and where it is switched off
     * @param become told who the worker is; from then on nothing is called here
     */
    public UndecidedWorker(WorkerDialects dialects, PeerLink link, @Nullable Revival revival, Consumer<Peer> become) {
        this.dialects = dialects;
        this.link = link;
        this.revival = revival;
        this.become = become;
    }

    @Override
    public void onOpen(long nowNanos) {
        openedNanos = nowNanos;
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        if (Probe.is(message)) {
            return;
        }
        Peer decided = dialects.open(message, link, nowNanos);
        if (decided != null) {
            become.accept(decided);
            if (!link.keepsForItsTurn(message)) {
                decided.onMessage(message, nowNanos);
            }
        }
    }

    @Override
    public boolean wantsTicks() {
        return revival != null;
    }

    @Override
    public void onTick(long nowNanos) {
        if (revival == null) {
            return;
        }
        if (revival.isOver(nowNanos)) {
            revival = null;
        } else if (nowNanos - openedNanos >= Revival.SILENCE_NANOS) {
            dialects.openSilent(link, revival, become).ifPresent(become);
        }
    }

    @Override
    public void onGone(long nowNanos) {
        // It had neither task nor credit.
    }
}
