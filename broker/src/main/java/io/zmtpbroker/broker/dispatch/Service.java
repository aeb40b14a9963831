package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * A named kind of work: its requests wait in order of arrival, its workers are given tasks longest idle first.
 *
 * <p>Got from {@link Dispatcher#service}. May be kept and used for as long as the dispatcher lives.
 *
 * @param <P> what a request carries
 */
public final class Service<P extends ReferenceCounted> extends Timed {

    final WaitingLine<P> line = new WaitingLine<>(this);

    /** Those with credit, longest idle first. */
    final IntrusiveList<Worker<P>> idle = new IntrusiveList<>();

    /** Those that are only taken to be ready: they are given what nobody else can take. */
    final IntrusiveList<Worker<P>> perhapsIdle = new IntrusiveList<>();

    int workers;
    int openRequests;

    /** When it lost its last worker, or came into use without one. Of no meaning while it is offered. */
    long unofferedSinceNanos;

    private final String name;

    Service(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** How many workers offer it, busy ones included. */
    public int workers() {
        return workers;
    }

    /** Who is given the next task, or null. */
    @Nullable
    Worker<P> nextWorker() {
        Worker<P> sure = idle.first();
        return sure != null ? sure : perhapsIdle.first();
    }

    boolean isOffered() {
        return workers > 0;
    }

    boolean isInUse() {
        return isOffered() || openRequests > 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
