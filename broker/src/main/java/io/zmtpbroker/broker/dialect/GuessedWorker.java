package io.zmtpbroker.broker.dialect;

import io.netty.buffer.ByteBuf;
import io.zmtpbroker.broker.socket.PeerLink;
import java.util.function.Consumer;

/**
 * A REQ whose silence was taken for that of a worker that fetches. What it says first may show that it is none: a load
 * balancing worker that took its time before READY, or that worked during the restart and replies. Then it becomes that.
 */
final class GuessedWorker implements Peer {

    private final FetchPeer fetcher;
    private final WorkerDialects dialects;
    private final PeerLink link;
    private final Consumer<Peer> become;
    private boolean spoke;

    /**
     * A worker that has said nothing yet.
     *
     * @param become told who the worker is, if it is another; from then on nothing is called here
     */
    GuessedWorker(FetchPeer fetcher, WorkerDialects dialects, PeerLink link, Consumer<Peer> become) {
        this.fetcher = fetcher;
        this.dialects = dialects;
        this.link = link;
        this.become = become;
    }

    @Override
    public void onOpen(long nowNanos) {
        fetcher.onOpen(nowNanos);
    }

    @Override
    public void onMessage(ByteBuf message, long nowNanos) {
        boolean first = !spoke;
        spoke = true;
        if (first && dialects.isOtherThanFetch(message)) {
            fetcher.withdraw(nowNanos);
            Peer decided = dialects.open(message, link, nowNanos);
            if (decided != null) {
                become.accept(decided);
                if (!link.keepsForItsTurn(message)) {
                    decided.onMessage(message, nowNanos);
                }
            }
            return;
        }
        fetcher.onMessage(message, nowNanos);
    }

    @Override
    public boolean wantsWritten() {
        return fetcher.wantsWritten();
    }

    @Override
    public void onWritten() {
        fetcher.onWritten();
    }

    @Override
    public void onGone(long nowNanos) {
        fetcher.onGone(nowNanos);
    }
}
