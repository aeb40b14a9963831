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

    /**
     * Runs each broker once without counting, so that the load itself is warm when it counts, and who cannot be started is found
     * before anything is measured.
     *
     * @param brief runs them
     * @throws BrokerException if one cannot be started; its name is in front
     */
    void rehearse(PointRun brief) throws BrokerException, InterruptedException {
        for (Contender contender : contenders) {
            try {
                Run run = run(brief, WorkloadPoint.MANY_WORKERS, 0, contender);
                progress.println("    rehearsal " + run.progress());
            } catch (BrokerException e) {
                throw new BrokerException(contender.name() + " FAILED: " + e.getMessage());
            }
        }
    }

    /** Runs all rounds of a point. */
    void run(WorkloadPoint point, Results results) throws InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : contenders) {
                Run run = run(point, round, contender);
                if (Thread.interrupted()) { // Ctrl-C ends brokers, too, whose failure is none
                    throw new InterruptedException("ended while a broker ran");
                }
                results.add(run);
                progress.println(run.progress());
            }
        }
    }

    private Run run(WorkloadPoint point, int round, Contender contender) throws InterruptedException {
        try {
            return run(runner, point, round, contender);
        } catch (BrokerException e) {
            return failed(point, round, contender, e);
        }
    }

    private static Run run(PointRun how, WorkloadPoint point, int round, Contender contender)
            throws BrokerException, InterruptedException {
        try {
            return new Run(point, round, contender.name(), how.measure(contender, point), "");
        } catch (LoadException e) {
            return failed(point, round, contender, e);
        }
    }

    private static Run failed(WorkloadPoint point, int round, Contender contender, Exception why) {
        return new Run(point, round, contender.name(), null, String.valueOf(why.getMessage()));
    }
}
