package io.zmtpbroker.broker.dispatch;

import io.netty.util.ReferenceCounted;
import org.jspecify.annotations.Nullable;

/**
 * How much of a client is out at workers that answer elsewhere, and who has enough out. Such a worker may ask for the next task
 * while its answer is still on the way: where answers are long, many may be on their way before the first of them is here.
 *
 * @param <P> what a request carries
 */
final class OutLimits<P extends ReferenceCounted> {

    /** Those that have enough out: what they ask is set aside. */
    private final IntrusiveList<Client<P>> full = new IntrusiveList<>();

    /** Those that had, and may be handed out again. */
    private final IntrusiveList<Client<P>> relieved = new IntrusiveList<>();

    /** A request of a client is out. */
    void begin(Client<P> client, Worker<P> worker) {
        if (worker.kind == WorkerKind.ANSWERS_ELSEWHERE) {
            client.outElsewhere++;
        }
    }

    /** It is not any more, or its worker is lost. */
    void end(Client<P> client, Worker<P> worker) {
        if (worker.kind == WorkerKind.ANSWERS_ELSEWHERE) {
            client.outElsewhere--;
            relieve(client);
        }
    }

    /** Lets so many be out from now on, and in any case one for each worker of a service. */
    void limit(Client<P> client, int maxOut) {
        client.maxOut = maxOut;
        relieve(client);
    }

    /** A worker has come. */
    void relieveAll() {
        for (Client<P> client = full.first(); client != null; client = full.first()) {
            relieve(client);
        }
    }

    private void relieve(Client<P> client) {
        if (client.full) {
            client.full = false;
            client.limited.unlink();
            relieved.addLast(client.limited);
            client.openLanes();
        }
    }

    /** Whether this worker should not be given a request of this client for now. */
    boolean isEnough(Client<P> client, Worker<P> worker) {
        return client.outElsewhere >= client.maxOut
                && worker.kind == WorkerKind.ANSWERS_ELSEWHERE
                && client.outElsewhere >= worker.service.workers;
    }

    /** Hands out nothing of this client until one of its requests is not out any more. */
    void holdBack(Client<P> client) {
        client.full = true;
        client.limited.unlink();
        full.addLast(client.limited);
        client.closeLanes();
    }

    /** One whose requests are to be matched, each once; or null. */
    @Nullable
    Client<P> nextRelieved() {
        Client<P> next = relieved.first();
        if (next != null) {
            next.limited.unlink();
        }
        return next;
    }
}
