package io.zmtpbroker.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.zmtpbroker.benchmarks.load.LoadResult;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final WorkloadPoint POINT = WorkloadPoint.ALONE;

    private final Results results = new Results("peer");

    private static Run run(int round, String broker, double cpuMicros) {
        LoadResult load = new LoadResult(1000, 1, 100, 200, 300, 400, 0, 0, 0, 0);
        return new Run(
                POINT,
                round,
                broker,
                new Measurement(
                        load, cpuMicros, new CoreUse(1, 1, 1, 0, 0), Double.NaN, Double.NaN, new Memory(1024, 2048)),
                "");
    }

    @Test
    void spreadHasTheMiddleOfAnyNumberOfFigures() {
        assertThat(Spread.of(DoubleStream.of(3, 1, 2))).contains(new Spread(1, 2, 3));
        assertThat(Spread.of(DoubleStream.of(4, 1, 2, 3))).contains(new Spread(1, 2.5, 4));
        assertThat(Spread.of(DoubleStream.empty())).isEmpty();
    }

    @Test
    void ratiosAreTakenWithinARound() {
        results.add(run(1, "ours", 5));
        results.add(run(1, "peer", 10));
        results.add(run(2, "ours", 50)); // ten times as slow a machine
        results.add(run(2, "peer", 100));

        assertThat(results.ratio(POINT, "ours", Metric.CPU)).contains(new Spread(0.5, 0.5, 0.5));
        assertThat(results.spread(POINT, "ours", Metric.CPU)).contains(new Spread(5, 27.5, 50));
    }

    @Test
    void roundWithoutABaselineHasNoRatio() {
        results.add(run(1, "ours", 5));
        results.add(new Run(POINT, 1, "peer", null, "it has ended"));

        assertThat(results.ratio(POINT, "ours", Metric.CPU)).isEmpty();
        assertThat(results.hasFailure()).isTrue();
    }

    @Test
    void whatWasNotMeasuredIsADashInTheTableAndAbsentInJson() {
        LoadResult load = new LoadResult(1000, 1, 100, 200, 300, 400, 0, 0, 0, 0);
        double unknown = Double.NaN;
        Measurement measured =
                new Measurement(load, 5, new CoreUse(1, 1, 1, unknown, 0), unknown, unknown, new Memory(0, 0));
        results.add(new Run(POINT, 1, "ours", measured, ""));

        assertThat(results.spread(POINT, "ours", Metric.IDLE_CORES)).isEmpty();
        assertThat(new ResultTable(results).of(POINT).lines().reduce("", (before, last) -> last))
                .endsWith("- |")
                .doesNotContain("NaN");
        assertThat(JsonReport.of(Map.of(), results))
                .contains("loadCores")
                .doesNotContain("otherCores", "idleCores", "kibPerConnection", "peakMib", "residentMib", "null");
    }

    @Test
    void disturbedRunsAndALoadAtItsLimitAreTold() {
        LoadResult load = new LoadResult(1000, 1, 100, 200, 300, 400, 0, 0, 0, 0);
        results.add(new Run(
                POINT,
                1,
                "ours",
                new Measurement(load, 5, new CoreUse(0.5, 1.1, 0.99, 0.3, 0.06), 0, 0, new Memory(0, 0)),
                ""));
        results.add(new Run(
                POINT,
                1,
                "peer",
                new Measurement(load, 9, new CoreUse(1, 1.1, 0.99, 0, 0), 0, 0, new Memory(0, 0)),
                ""));

        assertThat(new Doubts(results).about(POINT))
                .containsExactly(
                        "1 of 2 runs were disturbed: other processes used more than 0.25 cores.",
                        "1 of 2 runs were disturbed: the host of this virtual machine took more than 0.05 cores away.",
                        "Faster than the load, so their requests/s are the load's: ours.");
    }

    @Test
    void doubtsAreInThePictureAndInJson() {
        LoadResult load = new LoadResult(1000, 1, 100, 200, 300, 400, 0, 0, 0, 0);
        results.add(new Run(
                POINT,
                1,
                "peer",
                new Measurement(load, 9, new CoreUse(1, 1, 0.9, 0.3, 0), 0, 0, new Memory(0, 0)),
                ""));

        String doubt = "1 of 1 runs were disturbed: other processes used more than 0.25 cores.";
        assertThat(SvgTexts.of(new SvgChart(results, List.of()).render())).contains("! point 3c: " + doubt);
        JsonArray doubts = JsonParser.parseString(JsonReport.of(Map.of(), results))
                .getAsJsonObject()
                .getAsJsonArray("doubts");
        assertThat(doubts).hasSize(1);
        assertThat(doubts.get(0).getAsJsonObject().get("point").getAsString()).isEqualTo("3c");
        assertThat(doubts.get(0).getAsJsonObject().get("doubt").getAsString()).isEqualTo(doubt);
    }

    @Test
    void whereTheSystemDoesNotTellNothingIsMadeUp() {
        double unknown = Double.NaN;
        Usage before = new Usage(0, unknown, unknown, unknown, unknown);
        Usage after = new Usage(1_000_000_000, unknown, unknown, unknown, unknown);
        LoadResult load = new LoadResult(1000, 1, 100, 200, 300, 400, 0, 0, 0, 0);
        Memory memory = new Memory(0, 0);
        Measurement measured = Measurement.of(
                        load,
                        after.brokerNanos() - before.brokerNanos(),
                        CoreUse.between(before, after, unknown),
                        memory)
                .withIdle(CoreUse.broker(before, after), memory.kibGrownSince(memory));
        Run run = new Run(POINT, 1, "ours", measured, "");
        results.add(run);

        assertThat(JsonReport.of(Map.of(), results))
                .contains("requestsPerSecond")
                .doesNotContain("Cores", "cpuMicros", "kibPerConnection", "Mib", "null");
        assertThat(run.progress()).doesNotContain("NaN");
    }

    @Test
    void onlyFiguresOfTheBrokerHaveRatios() {
        results.add(run(1, "ours", 5));
        results.add(run(1, "peer", 10));

        assertThat(results.ratio(POINT, "ours", Metric.PEAK_MEMORY)).contains(new Spread(1, 1, 1));
        assertThat(List.of(Metric.BROKER_CORES, Metric.LOAD_CORES, Metric.LOAD_LOOP_CORES, Metric.OTHER_CORES))
                .allSatisfy(metric ->
                        assertThat(results.ratio(POINT, "ours", metric)).isEmpty());
    }

    @Test
    void failureIsInTheTableInThePictureAndInJson() {
        results.add(run(1, "ours", 5));
        results.add(new Run(POINT, 1, "peer", null, "it \"ended\""));

        assertThat(new ResultTable(results).of(POINT))
                .contains("FAILED: it \"ended\"")
                .contains("5.00");
        assertThat(SvgTexts.of(new SvgChart(results, List.of("a < b & c")).render()))
                .contains("failed", "a < b & c");
        JsonObject report =
                JsonParser.parseString(JsonReport.of(Map.of(), results)).getAsJsonObject();
        JsonObject failed = report.getAsJsonArray("runs").get(1).getAsJsonObject();
        assertThat(failed.get("failure").getAsString()).isEqualTo("it \"ended\"");
    }
}
