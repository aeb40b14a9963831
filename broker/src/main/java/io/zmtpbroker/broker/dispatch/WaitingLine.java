package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * Who is next among the requests of one service: first those that were set aside and whose client is held back no longer, one
 * of each client in turn, then the queue.
 *
 * @param <P> what a request carries
 */
final class WaitingLine<P extends ReferenceCounted> {

    private final Service<P> service;
    private final IntrusiveList<Request<P>> queue = new IntrusiveList<>();
    private final IntrusiveList<Lane<P>> lanes = new IntrusiveList<>();
    private final IntrusiveList<Lane<P>> ready = new IntrusiveList<>();

    WaitingLine(Service<P> service) {
        this.service = service;
    }

    /** The next one, which stays where it is; or null. It is the head of the queue if its client is held back. */
    @Nullable
    Request<P> first() {
        Lane<P> lane = ready.first();
        return lane == null ? queue.first() : lane.requests.first();
    }

    /**
     * The one that is first to have waited too long for a service that is not offered; or null. What was set aside, and what was
     * put back to the front, waited already when the service had a worker, so nothing in the queue can be due before it.
     */
    @Nullable
    Request<P> firstToExpire() {
        Lane<P> lane = lanes.first();
        return lane == null ? queue.first() : lane.requests.first();
    }

    void addLast(Request<P> request) {
        queue.addLast(request.place);
    }

    /** Puts it back ahead of the queue, or ahead of its client's lane, and says which state that is. */
    RequestState addFirst(Request<P> request) {
        Lane<P> lane = request.client().lane(service);
        if (lane == null) {
            queue.addFirst(request.place);
            return RequestState.WAITING;
        }
        request.lane = lane;
        lane.requests.addFirst(request.place);
        return RequestState.PARKED;
    }

    /** Moves the head of the queue to the end of the lane of its client, which is held back. */
    void setAside(Request<P> request) {
        Client<P> client = request.client();
        assert client.isHeldBack() : "its client may be given answers";
        Lane<P> lane = client.lane(service);
        if (lane == null) {
            lane = new Lane<>(service);
            client.lanes.addLast(lane.ofClient);
            lanes.addLast(lane.ofService);
        }
        request.place.unlink();
        request.lane = lane;
        lane.requests.addLast(request.place);
    }

    /** Takes out the one that is next. */
    void take(Request<P> request) {
        Lane<P> lane = request.lane;
        remove(request);
        if (lane != null && lane.ready.isLinked()) {
            ready.moveToLast(lane.ready);
        }
    }

    /** Takes out any one that waits here, set aside or not. */
    void remove(Request<P> request) {
        request.place.unlink();
        Lane<P> lane = request.lane;
        request.lane = null;
        if (lane != null && lane.requests.isEmpty()) {
            lane.dissolve();
        }
    }

    void open(Lane<P> lane) {
        ready.addLast(lane.ready);
    }
}
