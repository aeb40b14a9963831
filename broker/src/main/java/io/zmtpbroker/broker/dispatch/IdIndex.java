package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import io.netty.util.collection.LongObjectHashMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests by the first half of their id. Many small hash tables instead of one: as the ids are random, they grow one after the
 * other, each with another request. So no single request waits while a million others are moved to a larger table.
 *
 * @param <P> what a request carries
 */
final class IdIndex<P extends ReferenceCounted> {

    private static final int TABLE_BITS = 7;

    private final List<LongObjectHashMap<Request<P>>> tables = new ArrayList<>();
    private int size;

    IdIndex() {
        for (int i = 0; i < 1 << TABLE_BITS; i++) {
            tables.add(new LongObjectHashMap<>());
        }
    }

    int size() {
        return size;
    }

    @Nullable
    Request<P> find(long idHigh) {
        return table(idHigh).get(idHigh);
    }

    /** Adds a request whose id is not in here. */
    void add(Request<P> request) {
        Request<P> before = table(request.idHigh()).put(request.idHigh(), request);
        assert before == null : "an id twice";
        size++;
    }

    /** Removes a request that is in here. */
    void remove(Request<P> request) {
        Request<P> removed = table(request.idHigh()).remove(request.idHigh());
        assert removed == request : "not in here";
        size--;
    }

    /** The first bits say which: the table itself goes by the last ones. */
    private LongObjectHashMap<Request<P>> table(long idHigh) {
        return tables.get((int) (idHigh >>> (Long.SIZE - TABLE_BITS)));
    }
}
