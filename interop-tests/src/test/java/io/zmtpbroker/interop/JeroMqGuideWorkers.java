package io.zmtpbroker.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Workers of JeroMQ in this process, a thread and a context for each. */
final class JeroMqGuideWorkers implements GuideWorkers {
    private static final String SLOW = "slow";
    private static final String PARTS = "parts";

    private final Crowd<WorkerTally> crowd = new Crowd<>();

    /**
     * Closed when all is over: now and then an I/O thread of JeroMQ 0.6.0 dies of a context that ends right after its sockets
     * (ClosedChannelException in Signaler.send), and leaves a connection open behind which there is nobody.
     */
    private final List<Peers> contexts = new ArrayList<>();

    private final CountDownLatch home = new CountDownLatch(1);
    private final Semaphore working = new Semaphore(0);

    JeroMqGuideWorkers(GuideWorkerPlan plan) {
        for (int lane = 0; lane < plan.count(); lane++) {
            Peers peers = new JeroMqPeers();
            contexts.add(peers);
            crowd.add(() -> {
                WorkerTally tally = WorkerTally.NONE;
                for (int turn = 0; turn < plan.turns() && !crowd.isStopping(); turn++) {
                    try (GuideWorker worker = plan.protocol().open(peers, plan)) {
                        tally = tally.plus(work(plan, worker));
                    }
                }
                return tally;
            });
        }
    }

    /** How many partial replies a task wants. */
    static int parts(Message task) {
        return number(task, PARTS);
    }

    @Override
    public void awaitWorking() {
        try {
            if (!working.tryAcquire(Limits.CROWD.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nobody works");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }

    @Override
    public WorkerTally await() {
        return crowd.await(Limits.CROWD).stream().reduce(WorkerTally.NONE, WorkerTally::plus);
    }

    @Override
    public WorkerTally stop() {
        crowd.stop();
        home.countDown();
        return await();
    }

    @Override
    public void close() {
        try (crowd) {
            stop();
        } finally {
            contexts.forEach(Peers::close);
        }
    }

    private WorkerTally work(GuideWorkerPlan plan, GuideWorker worker) {
        int answered = 0;
        try {
            while ((plan.tasks() == 0 || answered < plan.tasks()) && !crowd.isStopping()) {
                if (worker.step(task -> work(plan, task))) {
                    answered++;
                }
            }
        } catch (SentHome e) {
            return new WorkerTally(answered, 1);
        }
        return new WorkerTally(answered, 0);
    }

    private Message work(GuideWorkerPlan plan, Message task) {
        long millis = plan.holding() ? Long.MAX_VALUE : number(task, SLOW);
        if (millis > 0) {
            working.release();
            try {
                if (home.await(millis, TimeUnit.MILLISECONDS)) {
                    throw new SentHome();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SentHome();
            }
        }
        return task.from(1).behind(Message.of("re:" + task.text(0)));
    }

    private static int number(Message task, String word) {
        String[] words = task.text(0).split(" ", 3);
        return words[0].equals(word) ? Integer.parseInt(words[1]) : 0;
    }

    /** A worker must go home while it works. */
    private static final class SentHome extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
