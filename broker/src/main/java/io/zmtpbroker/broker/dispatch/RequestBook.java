package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;

/**
 * Enters and strikes requests, and knows how many are in which state: what is counted of them is counted here.
 *
 * @param <P> what a request carries
 */
@SuppressWarnings("EnumOrdinal") // the index of a count, made and used here only
final class RequestBook<P extends ReferenceCounted> {

    private final RequestTable<P> table;
    private final Services<P> services;
    private final IntakeGate gate;
    private final ServiceWaits<P> waits;
    private final int[] inState = new int[RequestState.values().length];

    RequestBook(RequestTable<P> table, Services<P> services, IntakeGate gate, ServiceWaits<P> waits) {
        this.table = table;
        this.services = services;
        this.gate = gate;
        this.waits = waits;
    }

    /** Takes the payload over in a new request, which waits behind all others of its service. */
    Request<P> enter(Client<P> client, Service<P> named, P payload, int octets, long nowNanos) {
        Service<P> service = services.use(named);
        if (!service.isInUse()) {
            service.unofferedSinceNanos = nowNanos;
        }
        Request<P> request = table.add();
        request.fill(client, service, payload, octets);
        service.openRequests++;
        client.open.addLast(request.ofClient);
        client.octets += octets;
        gate.add(octets);
        waitLast(request, nowNanos);
        return request;
    }

    /** Lets the request, which is nowhere else, wait behind all others of its service. */
    void waitLast(Request<P> request, long nowNanos) {
        Service<P> service = request.service();
        request.waitingSinceNanos = nowNanos;
        change(request, RequestState.WAITING);
        service.line.addLast(request);
        waits.update(service);
    }

    /** Lets the request, which is nowhere else, wait ahead of the others, as if it had done so all the time. */
    void waitFirst(Request<P> request) {
        Service<P> service = request.service();
        change(request, service.line.addFirst(request));
        waits.update(service);
    }

    /** Takes the request out of the line it waits in. */
    void stopWaiting(Request<P> request) {
        Service<P> service = request.service();
        service.line.remove(request);
        waits.update(service);
    }

    /** Moves the request from state to state: the one place where that happens. */
    void change(Request<P> request, RequestState next) {
        assert request.state.canBecome(next) : request.state + " cannot become " + next;
        inState[request.state.ordinal()]--;
        inState[next.ordinal()]++;
        request.state = next;
    }

    /** Ends a request that is in no line and with no worker any more. Its object stays whole. */
    void strike(Request<P> request) {
        change(request, RequestState.ENDED);
        table.remove(request);
        gate.subtract(request.octets());
        request.client().octets -= request.octets();
        request.ofClient.unlink();
        Service<P> service = request.service();
        service.openRequests--;
        services.forgetIfUnused(service);
    }

    int count(RequestState state) {
        return inState[state.ordinal()];
    }
}
