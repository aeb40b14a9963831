package io.zmtpbroker.benchmarks.load;

import io.netty.channel.SingleThreadEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The turns of one event loop of the load: what it says in a turn is written at its end, once a connection. Its counts are
 * written by the loop alone and may be read by others at any time, a little late.
 */
final class LoadLoop {

    private final SingleThreadEventLoop eventLoop;
    private final CompletableFuture<String> failure;
    private final List<LoadConnection> touched = new ArrayList<>();
    private final Runnable flush = this::flush;
    private final Histogram latencies = new Histogram();
    private volatile Phase phase = Phase.WARM_UP;
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong replied = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final AtomicLong counted = new AtomicLong();

    /**
     * A loop without connections.
     *
     * @param failure completed with the reason when the load cannot go on
     */
    LoadLoop(SingleThreadEventLoop eventLoop, CompletableFuture<String> failure) {
        this.eventLoop = eventLoop;
        this.failure = failure;
    }

    SingleThreadEventLoop eventLoop() {
        return eventLoop;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    void touched(LoadConnection connection) {
        if (touched.isEmpty()) {
            eventLoop.executeAfterEventLoopIteration(flush);
        }
        touched.add(connection);
    }

    private void flush() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).flush();
        }
        touched.clear();
    }

    void failed(String reason) {
        failure.complete(reason);
    }

    // ---- counts

    void asked() {
        countOne(asked);
    }

    /** A right reply, so many nanoseconds after its request. */
    void replied(long nanos) {
        if (phase == Phase.MEASURED) {
            latencies.add(nanos);
            countOne(counted);
        }
        countOne(replied); // last: who reads this sees the others
    }

    /** The broker's failure answer, an empty body: no request of a load may fail. */
    void refused() {
        countOne(refused);
    }

    /** A reply to nothing that was asked, or with other octets than were sent. */
    void wrong() {
        countOne(wrong);
    }

    /** A request that was planned is not made. */
    void skipped() {
        countOne(skipped);
    }

    /** As cheap as a plain addition: there is one writer. */
    private static void countOne(AtomicLong counter) {
        counter.setRelease(counter.getPlain() + 1);
    }

    long refusedCount() {
        return refused.get();
    }

    long wrongCount() {
        return wrong.get();
    }

    long skippedCount() {
        return skipped.get();
    }

    long openCount() {
        return asked.get() - replied.get();
    }

    /** Replies of the measured phase. */
    long countedReplies() {
        return counted.get();
    }

    /** How long they took; to be read when the phase is over. */
    Histogram latencies() {
        return latencies;
    }
}
