package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import io.zmtpbroker.broker.dispatch.IntrusiveList.Link;
import org.jspecify.annotations.Nullable;

/**
 * One that asks. Made by {@link Dispatcher#openClient}.
 *
 * @param <P> what a request carries
 */
public final class Client<P extends ReferenceCounted> {

    final ReplyPort<P> port;
    final GonePolicy policy;

    /** The same as the port, for a client that takes an answer in parts; otherwise null. */
    final @Nullable StreamPort<P> stream;

    /** In order of arrival. */
    final IntrusiveList<Request<P>> open = new IntrusiveList<>();

    /** At most one a service, none of them empty. */
    final IntrusiveList<Lane<P>> lanes = new IntrusiveList<>();

    final Link<Client<P>> place = new Link<>(this);

    /** What its open requests are charged with. */
    long octets;

    /** How many of its requests are out at workers that answer elsewhere. */
    int outElsewhere;

    boolean blocked;

    /** Whether it was blocked a moment ago, and may have little out. */
    boolean easing;

    boolean gone;

    Client(ReplyPort<P> port, GonePolicy policy, @Nullable StreamPort<P> stream) {
        this.port = port;
        this.policy = policy;
        this.stream = stream;
    }

    /** Its requests that have not ended. */
    public int openRequests() {
        return open.size();
    }

    /** What its requests that have not ended are charged with, in octets. */
    public long openOctets() {
        return octets;
    }

    /** Where its requests to this service are set aside, or null if none is. */
    @Nullable
    Lane<P> lane(Service<P> service) {
        Lane<P> lane = lanes.first();
        while (lane != null && lane.service != service) {
            lane = lanes.after(lane.ofClient);
        }
        return lane;
    }

    void block() {
        blocked = true;
        for (Lane<P> lane = lanes.first(); lane != null; lane = lanes.after(lane.ofClient)) {
            lane.ready.unlink();
        }
    }

    void unblock(boolean stillEasing) {
        blocked = false;
        easing = stillEasing;
        for (Lane<P> lane = lanes.first(); lane != null; lane = lanes.after(lane.ofClient)) {
            if (!lane.ready.isLinked()) {
                lane.service.line.open(lane);
            }
        }
    }

    /**
     * Whether a worker should not be given its request for now. A worker that answers elsewhere may ask for the next task while
     * its answer is still on the way, and again: so what is out of a client that hardly reads is one task a worker.
     */
    boolean hasEnoughOut(Worker<P> worker) {
        return easing && worker.kind == WorkerKind.ANSWERS_ELSEWHERE && outElsewhere >= worker.service.workers;
    }

    /** Leaves no trace of a client that has gone, once its last request has ended, and says so. */
    void forgetIfDone() {
        if (gone && open.isEmpty() && place.isLinked()) {
            place.unlink();
            port.forgotten();
        }
    }
}
