package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The open requests by id. Objects of ended ones are kept for use again, up to a limit.
 *
 * @param <P> what a request carries
 */
final class RequestTable<P extends ReferenceCounted> {

    private static final int MAX_SPARE = 4096;

    private final IdSource ids;
    private final IdIndex<P> byIdHigh = new IdIndex<>();
    private final ArrayDeque<Request<P>> spare = new ArrayDeque<>();

    RequestTable(IdSource ids) {
        this.ids = ids;
    }

    /** An empty request with a fresh id. */
    Request<P> add() {
        long high = ids.next64();
        while (high == 0 || byIdHigh.find(high) != null) {
            high = ids.next64();
        }
        long low = ids.next64();
        Request<P> request = spare.pollLast();
        if (request == null) {
            request = new Request<>();
        }
        request.identify(high, low);
        byIdHigh.add(request);
        return request;
    }

    @Nullable
    Request<P> find(long idHigh, long idLow) {
        Request<P> request = byIdHigh.find(idHigh);
        return request != null && request.idLow() == idLow ? request : null;
    }

    /** Forgets the id. The object stays whole until {@link #recycle}. */
    void remove(Request<P> request) {
        byIdHigh.remove(request);
    }

    /** Releases the payload, and keeps the object for another request. */
    void recycle(Request<P> request) {
        P payload = request.empty();
        if (spare.size() < MAX_SPARE) {
            spare.addLast(request);
        }
        payload.release();
    }

    int size() {
        return byIdHigh.size();
    }
}
