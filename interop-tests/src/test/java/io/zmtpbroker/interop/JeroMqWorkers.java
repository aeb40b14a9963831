package io.zmtpbroker.interop;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/** A crowd of JeroMQ workers, a thread for each lane, a context for each worker. */
final class JeroMqWorkers implements RunningWorkers {
    private static final String GIVE = "give ";
    private static final long SEED = 20240229;

    /** How long a worker waits for a task before it looks whether it should go home. */
    private static final Duration LOOK_UP = Duration.ofMillis(50);

    private final Crowd<WorkerTally> crowd = new Crowd<>();

    JeroMqWorkers(WorkerPlan plan, BrokerProcess broker) {
        for (int lane = 0; lane < plan.lanes(); lane++) {
            SplittableRandom random = new SplittableRandom(SEED + lane);
            crowd.add(() -> {
                WorkerTally tally = WorkerTally.NONE;
                for (int turn = 0; turn < plan.turns() && !crowd.isStopping(); turn++) {
                    try (Peers peers = new JeroMqPeers();
                            Worker worker = new FetchWorker(peers, broker)) {
                        tally = tally.plus(work(plan, worker, random));
                    }
                }
                return tally;
            });
        }
    }

    @Override
    public WorkerTally await() {
        return crowd.await(Limits.CROWD).stream().reduce(WorkerTally.NONE, WorkerTally::plus);
    }

    @Override
    public WorkerTally stop() {
        crowd.stop();
        return await();
    }

    @Override
    public void close() {
        crowd.close();
    }

    private WorkerTally work(WorkerPlan plan, Worker worker, SplittableRandom random) {
        int answered = 0;
        int dropped = 0;
        while (plan.tasks() == 0 || answered + dropped < plan.tasks()) {
            worker.ready();
            Optional<Worker.Task> task = next(worker);
            if (task.isEmpty()) {
                break;
            }
            if (random.nextDouble() < plan.dropShare()) {
                dropped++;
            } else {
                worker.answer(task.get(), answer(task.get().body()));
                answered++;
            }
        }
        return new WorkerTally(answered, dropped);
    }

    private Optional<Worker.Task> next(Worker worker) {
        Optional<Worker.Task> task = Optional.empty();
        while (task.isEmpty() && !crowd.isStopping()) {
            task = worker.task(LOOK_UP);
        }
        return task;
    }

    private static Message answer(Message body) {
        String first = body.text(0);
        if (first.startsWith(GIVE)) {
            return Message.ofOctets(new byte[Integer.parseInt(first.substring(GIVE.length()))]);
        }
        return body.from(1).behind(Message.of("re:" + first));
    }
}
