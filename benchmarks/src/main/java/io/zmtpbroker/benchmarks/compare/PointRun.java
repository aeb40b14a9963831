package io.zmtpbroker.benchmarks.compare;

import io.zmtpbroker.benchmarks.load.Load;
import io.zmtpbroker.benchmarks.load.LoadException;
import io.zmtpbroker.benchmarks.load.LoadResult;
import io.zmtpbroker.benchmarks.load.LoadSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** One fresh broker under one load. */
final class PointRun {

    private static final double PATIENCE_SECONDS = 10;

    private final Timing timing;
    private final Workplace workplace;
    private final Map<String, String> kernelInterfaces = new HashMap<>();

    /** A way to run points. */
    PointRun(Timing timing, Workplace workplace) {
        this.timing = timing;
        this.workplace = workplace;
    }

    /** Starts the broker, measures it, ends it. A reply that is wrong, lost or a refusal is a failure. */
    Measurement measure(Contender contender, WorkloadPoint point)
            throws BrokerException, LoadException, InterruptedException {
        LoadSettings settings = new LoadSettings(
                contender.dialect(),
                contender.mechanism(),
                point.clients(),
                point.window(),
                point.workers(),
                point.bodyLength(),
                timing.loadThreads());
        try (BrokerProcess broker = BrokerProcess.start(contender, workplace);
                Load load = new Load(settings, broker.targets())) {
            kernelInterfaces.putIfAbsent(contender.name(), broker.kernelInterface());
            try {
                return point.isIdle() ? idle(broker, load, point) : busy(broker, load);
            } catch (LoadException e) {
                throw broker.isAlive() ? e : new LoadException("the broker has ended: " + broker.lastWords());
            }
        }
    }

    /** How brokers waited for the network that have been started so far, by their names. */
    Map<String, String> kernelInterfaces() {
        return Map.copyOf(kernelInterfaces);
    }

    private Measurement busy(BrokerProcess broker, Load load) throws LoadException, InterruptedException {
        load.connectWorkers();
        load.connectClients(true);
        load.run(timing.warmUpSeconds());
        return measureRequests(broker, load);
    }

    private Measurement idle(BrokerProcess broker, Load load, WorkloadPoint point)
            throws LoadException, InterruptedException {
        load.connectWorkers();
        Memory memoryBefore = Memory.of(broker.handle());
        load.connectClients(false);
        load.awaitReplies();
        load.run(timing.warmUpSeconds());
        Usage before = Usage.now(broker.handle());
        load.run(timing.measuredSeconds());
        Usage after = Usage.now(broker.handle());
        load.trickle(timing.requestsPerSecond());
        Measurement measured = measureRequests(broker, load);
        return measured.withIdle(
                CoreUse.broker(before, after), measured.memory().kibGrownSince(memoryBefore) / point.clients());
    }

    private Measurement measureRequests(BrokerProcess broker, Load load) throws LoadException, InterruptedException {
        Usage before = Usage.now(broker.handle());
        long[] loopsBefore = load.loopCpuNanos();
        load.beginMeasuring();
        load.run(timing.measuredSeconds());
        load.awaitFirstReply(PATIENCE_SECONDS);
        load.endMeasuring();
        Usage after = Usage.now(broker.handle());
        CoreUse cores = CoreUse.between(before, after, busiest(loopsBefore, load.loopCpuNanos()));
        Memory memory = Memory.of(broker.handle());
        load.awaitReplies();
        LoadResult result = load.result();
        if (!result.isSound()) {
            throw new LoadException(result.replies() + " replies were right, " + result.wrong() + " wrong, "
                    + result.refused() + " refusals, and " + result.lost() + " did not come");
        }
        return Measurement.of(result, after.brokerNanos() - before.brokerNanos(), cores, memory);
    }

    /** NaN where the JVM does not know: an event loop under load has used some. */
    private static double busiest(long[] before, long[] after) {
        return IntStream.range(0, before.length)
                .mapToDouble(i -> after[i] - before[i])
                .filter(nanos -> nanos > 0)
                .max()
                .orElse(Double.NaN);
    }
}
