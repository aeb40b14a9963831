package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import io.zmtpbroker.broker.dispatch.IntrusiveList.Link;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One open request: it enters once and ends once, and keeps its id for all of its attempts.
 *
 * <p>Ports see it for the time of a call and must not keep it: the object is used again for another request after its end.
 * What names a request for longer is its id.
 *
 * @param <P> what it carries
 */
public final class Request<P extends ReferenceCounted> extends Timed {

    /** What an open request costs beside its payload, in octets: worth adding to what it is charged with. */
    public static final int OVERHEAD_OCTETS = 256;

    /** In the queue of its service, among those of its client that were set aside, or among those of its worker. */
    final Link<Request<P>> place = new Link<>(this);

    final Link<Request<P>> ofClient = new Link<>(this);

    RequestState state = RequestState.ENDED;
    int attempts;

    /** When it began to wait for its next attempt. An attempt that does not count has not interrupted that. */
    long waitingSinceNanos;

    /** Whose attempt it is; null unless it is running, or in its grace. */
    @Nullable
    Worker<P> worker;

    /** Whether the end of its grace takes the attempt back, as if it had never been. */
    boolean returning;

    /** Whether a part of the answer was delivered. Then the attempt is the last, and nobody else's answer counts. */
    boolean streaming;

    /** Whether a part of the answer was discarded, so that the rest is of no use to a client that comes back. */
    boolean partLost;

    /** Which of its worker's tasks it is, counted from 1. */
    long taskNumber;

    /** Where it is set aside; null unless it is parked. */
    @Nullable
    Lane<P> lane;

    /** Who was handed it first; null until it is handed out. */
    private @Nullable Principal taker;

    /** Who else was handed it; null while there was nobody else, which is nearly always. */
    private @Nullable Set<Principal> otherTakers;

    private long idHigh;
    private long idLow;
    private int octets;
    private @Nullable P payload;
    private @Nullable Client<P> client;
    private @Nullable Service<P> service;

    Request() {}

    /** The first half of the id, never 0 and never shared by two open requests. */
    public long idHigh() {
        return idHigh;
    }

    /** The second half of the id. */
    public long idLow() {
        return idLow;
    }

    /** What it carries. Owned by the request, and released when it ends. */
    public P payload() {
        return open(payload);
    }

    /** Who asked. */
    public Client<P> client() {
        return open(client);
    }

    /** Whose workers may have it. */
    public Service<P> service() {
        return open(service);
    }

    /** What it is charged with against {@link DispatchConfig#maxQueuedOctets()}. */
    public int octets() {
        return octets;
    }

    /** Hand-outs that count, a running one included. */
    public int attempts() {
        return attempts;
    }

    void takenBy(Principal principal) {
        if (taker == null) {
            taker = principal;
        } else if (!taker.equals(principal)) {
            if (otherTakers == null) {
                otherTakers = new HashSet<>();
            }
            otherTakers.add(principal);
        }
    }

    /** Whether one of its attempts was this one's, the running one or any before. */
    boolean wasTakenBy(Principal principal) {
        return principal.equals(taker) || (otherTakers != null && otherTakers.contains(principal));
    }

    void identify(long high, long low) {
        idHigh = high;
        idLow = low;
    }

    void fill(Client<P> from, Service<P> to, P carried, int charged) {
        client = from;
        service = to;
        payload = carried;
        octets = charged;
        attempts = 0;
        streaming = false;
        partLost = false;
        taker = null;
        otherTakers = null;
    }

    /** Lets go of all it refers to, and hands the payload to the caller. */
    P empty() {
        assert state == RequestState.ENDED && !place.isLinked() && !ofClient.isLinked() : "still in use";
        P carried = payload();
        payload = null;
        client = null;
        service = null;
        return carried;
    }

    private static <T> T open(@Nullable T part) {
        return Objects.requireNonNull(part, "the request has ended");
    }
}
