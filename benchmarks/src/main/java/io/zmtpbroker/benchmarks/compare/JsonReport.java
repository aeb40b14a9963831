package io.zmtpbroker.benchmarks.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results for programs. docs/benchmarks.md describes the fields. */
final class JsonReport {

    private static final String SCHEMA = "zmtp-broker-comparison/1";

    private JsonReport() {}

    /**
     * Everything.
     *
     * @param circumstances of the comparison: command, machine, versions
     */
    static String of(Map<String, ?> circumstances, Results results) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("schema", SCHEMA);
        report.putAll(circumstances);
        report.put("baseline", results.baseline());
        report.put("doubts", doubts(results));
        report.put("points", results.points().stream().map(JsonReport::point).toList());
        report.put("runs", results.runs().stream().map(JsonReport::run).toList());
        report.put("summary", summary(results));
        return Json.of(report);
    }

    private static List<Map<String, Object>> doubts(Results results) {
        Doubts doubts = new Doubts(results);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (WorkloadPoint point : results.points()) {
            for (String doubt : doubts.about(point)) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("point", point.label());
                row.put("doubt", doubt);
                rows.add(row);
            }
        }
        return rows;
    }

    private static Map<String, Object> point(WorkloadPoint point) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("point", point.label());
        fields.put("description", point.description());
        fields.put("clients", point.clients());
        fields.put("window", point.window());
        fields.put("workers", point.workers());
        fields.put("bodyOctets", point.bodyLength());
        return fields;
    }

    private static Map<String, Object> run(Run run) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("point", run.point().label());
        fields.put("round", run.round());
        fields.put("broker", run.broker());
        Measurement measured = run.measurement();
        if (measured == null) {
            fields.put("failure", run.failure());
            return fields;
        }
        fields.put("replies", measured.load().replies());
        fields.put("seconds", measured.load().seconds());
        for (Metric metric : Metric.values()) {
            metric.of(measured).ifPresent(value -> fields.put(metric.key(), value));
        }
        fields.put("p999Micros", measured.load().p999Micros());
        if (run.point().isIdle()) {
            fields.put("skipped", measured.load().skipped());
        }
        fields.put("maxMicros", measured.load().maxMicros());
        if (measured.memory().residentKib() > 0) {
            fields.put("residentMib", measured.memory().residentKib() / 1024.0);
        }
        return fields;
    }

    private static List<Map<String, Object>> summary(Results results) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (WorkloadPoint point : results.points()) {
            for (String broker : results.brokers()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("point", point.label());
                row.put("broker", broker);
                results.failure(point, broker).ifPresent(failure -> row.put("failure", failure));
                for (Metric metric : Metric.values()) {
                    Map<String, Object> figures = new LinkedHashMap<>();
                    results.spread(point, broker, metric).ifPresent(spread -> put(figures, "", spread));
                    results.ratio(point, broker, metric).ifPresent(ratio -> put(figures, "ratio", ratio));
                    if (!figures.isEmpty()) {
                        row.put(metric.key(), figures);
                    }
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void put(Map<String, Object> figures, String prefix, Spread spread) {
        figures.put(prefix.isEmpty() ? "min" : prefix + "Min", spread.min());
        figures.put(prefix.isEmpty() ? "median" : prefix + "Median", spread.median());
        figures.put(prefix.isEmpty() ? "max" : prefix + "Max", spread.max());
    }
}
