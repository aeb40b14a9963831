package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import java.util.HashMap;
import java.util.Map;

/**
 * The services in use, by name. One without workers and requests is forgotten, so that asking for names leaves nothing
 * behind; whoever still has it may use it again.
 *
 * @param <P> what a request carries
 */
final class Services<P extends ReferenceCounted> {

    private final Map<String, Service<P>> inUse = new HashMap<>();

    Service<P> named(String name) {
        Service<P> known = inUse.get(name);
        return known == null ? new Service<>(name) : known;
    }

    /** The service that stands for this one's name. The caller gives it a worker or a request next. */
    Service<P> use(Service<P> service) {
        if (service.isInUse()) {
            return service;
        }
        Service<P> known = inUse.putIfAbsent(service.name(), service);
        return known == null ? service : known;
    }

    void forgetIfUnused(Service<P> service) {
        if (!service.isInUse()) {
            inUse.remove(service.name(), service);
        }
    }

    /** Whether a service of that name has a worker, busy or not. */
    boolean isOffered(String name) {
        Service<P> known = inUse.get(name);
        return known != null && known.isOffered();
    }

    int size() {
        return inUse.size();
    }
}
