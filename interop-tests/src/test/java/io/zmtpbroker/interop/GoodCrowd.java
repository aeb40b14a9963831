package io.zmtpbroker.interop;

import io.zmtpbroker.zmtp.security.CurveKeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.zeromq.SocketType;

/**
 * Good clients and workers of both libraries, and of an old one that speaks ZMTP 2.0. Most of them come and go, and some are stopped
 * (SIGSTOP) for a while: clients so briefly that they get their answers, workers also for so long that others get their tasks.
 */
final class GoodCrowd implements AutoCloseable {
    private static final int TASKS = 50;
    private static final long CREW_MILLIS = 1500;

    /** Whom the file of users must have, and who is a client. */
    static final String PLAIN_USER = "alice";

    private static final int STEP = 50;
    private static final int LONGEST_STOP_OF_CLIENTS = 600;

    /** Longer than an attempt, or a silence, may last. */
    private static final int LONGEST_STOP_OF_WORKERS = 5000;

    private final BrokerProcess broker;
    private final Failures failures;
    private final AtomicLong answered = new AtomicLong();
    private final Crowd<Integer> clients = new Crowd<>();
    private final Crowd<Integer> crews = new Crowd<>();
    private final Crowd<Integer> stoppers = new Crowd<>();
    private final List<RunningWorkers> workers = new ArrayList<>();

    /**
     * All of them, closed when all is over: now and then an I/O thread of JeroMQ 0.6.0 dies of a context that ends right after its
     * sockets, and leaves a connection open.
     */
    private final List<Peers> libraries = new ArrayList<>();

    GoodCrowd(BrokerProcess broker, SoakUsers users, SplittableRandom random, Failures failures) {
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
        SplittableRandom stops = random.split();
        crews.add(() -> failures.guard(() -> stopCrews(stops)));
        for (PeerLibrary library : PeerLibrary.values()) {
            PeerUser user = PeerUser.curve(CurveKeyPair.generate(), users.broker());
            add(library.open(), PeerUser.NOBODY, SocketSpec.of(SocketType.REQ, broker.clients()), random);
            add(library.open(), PeerUser.NOBODY, SocketSpec.of(SocketType.DEALER, broker.clients()), random);
            String curve = broker.endpoints("clients").get(1);
            add(library.open(), user, SocketSpec.of(SocketType.REQ, curve), random);
            String plain = broker.endpoints("clients").get(2);
            add(library.open(), users.plain(), SocketSpec.of(SocketType.DEALER, plain), random);
        }
        add(new OldJeroMqPeers(), PeerUser.NOBODY, SocketSpec.of(SocketType.REQ, broker.clients()), random);
        add(new OldJeroMqPeers(), PeerUser.NOBODY, SocketSpec.of(SocketType.DEALER, broker.clients()), random);
        PythonPeers stopped = new PythonPeers();
        add(stopped, PeerUser.NOBODY, SocketSpec.of(SocketType.DEALER, broker.clients()), random);
        SplittableRandom clientStops = random.split();
        stoppers.add(() -> failures.guard(() -> stopNowAndThen(stopped.process(), clientStops)));
    }

    /** Sends the clients home, and when nothing is left to be done the workers; returns how many requests were answered rightly. */
    long stop() {
        stoppers.stop();
        stoppers.await(Limits.CROWD);
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
        stoppers.close();
        clients.close();
        crews.close();
        workers.forEach(RunningWorkers::close);
        libraries.forEach(Peers::close);
    }

    private GuideWorkerPlan plan(WorkerProtocol protocol) {
        return GuideWorkerPlan.of(protocol, broker.workers(), broker.answers(), "");
    }

    private void add(Peers peers, PeerUser user, SocketSpec spec, SplittableRandom random) {
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

    /** Workers one crew after the other, each stopped at its work, and let go on before it is killed. */
    private int stopCrews(SplittableRandom random) throws InterruptedException {
        int crew = 0;
        while (!crews.isStopping() && !failures.any()) {
            WorkerProtocol protocol = crew++ % 2 == 0 ? WorkerProtocol.LB_DEALER : WorkerProtocol.FETCH_REQ;
            try (PythonGuideWorkers some = new PythonGuideWorkers(plan(protocol).times(2)).awaitUp()) {
                passUntilTheEnd(crews, random.nextInt((int) CREW_MILLIS));
                some.process().pause();
                passUntilTheEnd(crews, random.nextInt(LONGEST_STOP_OF_WORKERS));
                some.process().goOn();
                passUntilTheEnd(crews, random.nextInt((int) CREW_MILLIS));
            }
        }
        return crew;
    }

    private int stopNowAndThen(ChildProcess process, SplittableRandom random) throws InterruptedException {
        int stops = 0;
        for (; !stoppers.isStopping() && !failures.any(); stops++) {
            passUntilTheEnd(stoppers, random.nextInt(LONGEST_STOP_OF_CLIENTS));
            process.pause();
            passUntilTheEnd(stoppers, random.nextInt(LONGEST_STOP_OF_CLIENTS));
            process.goOn();
        }
        return stops;
    }

    private void passUntilTheEnd(Crowd<?> crowd, int millis) throws InterruptedException {
        for (int left = millis; left > 0 && !crowd.isStopping() && !failures.any(); left -= STEP) {
            failures.pass(Math.min(left, STEP));
        }
    }
}
