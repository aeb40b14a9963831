package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import io.zmtpbroker.broker.dispatch.IntrusiveList.Link;

/**
 * The requests of one client to one service that were set aside since the client was held back when their turn came. As a
 * whole it is open to workers or not, so holding a client back costs the same whatever it has waiting.
 *
 * @param <P> what a request carries
 */
final class Lane<P extends ReferenceCounted> {

    final Service<P> service;
    final IntrusiveList<Request<P>> requests = new IntrusiveList<>();
    final Link<Lane<P>> ofClient = new Link<>(this);
    final Link<Lane<P>> ofService = new Link<>(this);

    /** Among the service's lanes whose client is not held back. */
    final Link<Lane<P>> ready = new Link<>(this);

    Lane(Service<P> service) {
        this.service = service;
    }

    void dissolve() {
        assert requests.isEmpty() : "requests are left behind";
        ofClient.unlink();
        ofService.unlink();
        ready.unlink();
    }
}
