package io.zmtpbroker.benchmarks.compare;

import io.zmtpbroker.benchmarks.load.LoadException;
import java.io.PrintWriter;
import java.util.List;

/** Brokers in turn, A B C, A B C and so on, so that what the machine does meanwhile meets all of them. */
final class Comparison {

    private final List<Contender> contenders;
    private final int rounds;
    private final PointRun runner;
    private final PrintWriter progress;

    /**
     * A comparison of these brokers.
     *
     * @param progress told of each run
     */
    Comparison(List<Contender> contenders, int rounds, PointRun runner, PrintWriter progress) {
        this.contenders = contenders;
        this.rounds = rounds;
        this.runner = runner;
        this.progress = progress;
    }

    /** Runs something that does not count, so that the load itself is warm when it does. */
    void rehearse() throws InterruptedException {
        progress.println("    rehearsal "
                + run(WorkloadPoint.MANY_WORKERS, 0, contenders.get(0)).progress());
    }

    /** Runs all rounds of a point. */
    void run(WorkloadPoint point, Results results) throws InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                Run run = run(point, round, contender);
                results.add(run);
                progress.println(run.progress());
            }
        }
    }

    private Run run(WorkloadPoint point, int round, Contender contender) throws InterruptedException {
        try {
            return new Run(point, round, contender.name(), runner.measure(contender, point), "");
        } catch (BrokerException | LoadException e) {
            return new Run(point, round, contender.name(), null, String.valueOf(e.getMessage()));
        }
    }
}
