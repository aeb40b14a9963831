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

    /** How many of its requests are out at workers that answer elsewhere and are here. */
    int outElsewhere;

    /** How many may be. */
    int maxOut = Integer.MAX_VALUE;

    /** Its place in {@link OutLimits}. */
    final Link<Client<P>> limited = new Link<>(this);

    /** Whether it has as many out as may be. */
    boolean full;

    boolean blocked;
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

    /** Whether none of its requests is handed out for now. */
    boolean isHeldBack() {
        return blocked || full;
    }

    void block() {
        blocked = true;
        closeLanes();
    }

    void unblock() {
        blocked = false;
        openLanes();
    }

    void closeLanes() {
        for (Lane<P> lane = lanes.first(); lane != null; lane = lanes.after(lane.ofClient)) {
            lane.ready.unlink();
        }
    }

    /** Unless there is another reason against it. */
    void openLanes() {
        if (isHeldBack()) {
            return;
        }
        for (Lane<P> lane = lanes.first(); lane != null; lane = lanes.after(lane.ofClient)) {
            if (!lane.ready.isLinked()) {
                lane.service.line.open(lane);
            }
        }
    }

    /** Leaves no trace of a client that has gone, once its last request has ended, and says so. */
    void forgetIfDone() {
        if (gone && open.isEmpty() && place.isLinked()) {
            place.unlink();
            port.forgotten();
        }
    }
}
