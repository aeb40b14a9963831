package io.zmtpbroker.interop;

import io.zmtpbroker.zmtp.security.CurveKeyPair;
import io.zmtpbroker.zmtp.security.CurvePublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.zeromq.SocketType;

/** Good clients and workers of both libraries, most of which come and go. */
final class GoodCrowd implements AutoCloseable {
    private static final int TASKS = 50;
    private static final long CREW_MILLIS = 1500;

    private final BrokerProcess broker;
    private final Failures failures;
    private final AtomicLong answered = new AtomicLong();
    private final Crowd<Integer> clients = new Crowd<>();
    private final Crowd<Integer> crews = new Crowd<>();
    private final List<RunningWorkers> workers = new ArrayList<>();

    /**
     * All of them, closed when all is over: now and then an I/O thread of JeroMQ 0.6.0 dies of a context that ends right after its
     * sockets, and leaves a connection open.
     */
    private final List<Peers> libraries = new ArrayList<>();

    GoodCrowd(BrokerProcess broker, CurvePublicKey key, SplittableRandom random, Failures failures) {
        this.broker = broker;
        this.failures = failures;
        workers.add(GuidePeers.start(
                PeerLibrary.JEROMQ, plan(WorkerProtocol.FETCH_REQ).times(2).inTurns(Integer.MAX_VALUE, TASKS)));
        workers.add(
                GuidePeers.start(PeerLibrary.JEROMQ, plan(WorkerProtocol.LB_REQ).inTurns(Integer.MAX_VALUE, TASKS)));
        workers.add(GuidePeers.start(PeerLibrary.JEROMQ, plan(WorkerProtocol.REP)));
        workers.add(GuidePeers.start(
                PeerLibrary.LIBZMQ, plan(WorkerProtocol.FETCH_REQ).times(2)));
        crews.add(() -> failures.guard(this::sendCrews));
        for (PeerLibrary library : PeerLibrary.values()) {
            PeerUser user = PeerUser.curve(CurveKeyPair.generate(), key);
            add(library, PeerUser.NOBODY, SocketSpec.of(SocketType.REQ, broker.clients()), random);
            add(library, PeerUser.NOBODY, SocketSpec.of(SocketType.DEALER, broker.clients()), random);
            String curve = broker.endpoints("clients").get(1);
            add(library, user, SocketSpec.of(SocketType.REQ, curve), random);
        }
    }

    /** Sends the clients home, and when nothing is left to be done the workers; returns how many requests were answered rightly. */
    long stop() {
        clients.stop();
        int asked =
                clients.await(Limits.CROWD).stream().mapToInt(Integer::intValue).sum();
        if (asked != answered.get()) {
            throw new AssertionError(asked + " requests, " + answered + " right answers");
        }
        SoakState.await(broker, "no request is left", state -> state.requests() == 0);
        crews.stop();
        crews.await(Limits.CROWD);
        workers.forEach(RunningWorkers::stop);
        return answered.get();
    }

    @Override
    public void close() {
        clients.close();
        crews.close();
        workers.forEach(RunningWorkers::close);
        libraries.forEach(Peers::close);
    }

    private GuideWorkerPlan plan(WorkerProtocol protocol) {
        return GuideWorkerPlan.of(protocol, broker.workers(), broker.answers(), "");
    }

    private void add(PeerLibrary library, PeerUser user, SocketSpec spec, SplittableRandom random) {
        Peers peers = library.open();
        libraries.add(peers);
        SoakClient client = new SoakClient(user.of(peers), spec, random.split());
        clients.add(() -> failures.guard(() -> client.run(() -> clients.isStopping() || failures.any(), answered)));
    }

    /** Workers one crew after the other; every second one is killed at its work. */
    private int sendCrews() throws InterruptedException {
        int crew = 0;
        while (!crews.isStopping() && !failures.any()) {
            try (RunningWorkers some = GuidePeers.start(
                    PeerLibrary.LIBZMQ, plan(WorkerProtocol.LB_DEALER).times(2))) {
                failures.pass(CREW_MILLIS);
                if (crew++ % 2 == 0) {
                    some.stop();
                }
            }
        }
        return crew;
    }
}
