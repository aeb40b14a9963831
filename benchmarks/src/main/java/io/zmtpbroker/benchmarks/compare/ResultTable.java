package io.zmtpbroker.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The results at one point as a table, which is Markdown, too. */
final class ResultTable {

    private static final List<Metric> BUSY = List.of(
            Metric.CPU,
            Metric.REQUESTS,
            Metric.P50,
            Metric.P99,
            Metric.PEAK_MEMORY,
            Metric.BROKER_CORES,
            Metric.LOAD_CORES,
            Metric.OTHER_CORES);
    private static final List<Metric> IDLE =
            List.of(Metric.CONNECTION_MEMORY, Metric.IDLE_CORES, Metric.PEAK_MEMORY, Metric.P50, Metric.P99);

    private final Results results;

    ResultTable(Results results) {
        this.results = results;
    }

    String of(WorkloadPoint point) {
        List<Metric> metrics = point.isIdle() ? IDLE : BUSY;
        List<List<String>> rows = new ArrayList<>();
        rows.add(headings(metrics));
        for (String broker : results.brokers()) {
            rows.add(row(point, broker, metrics));
        }
        return "Point " + point.label() + ": " + point.description() + "\n\n" + aligned(rows);
    }

    private static List<String> headings(List<Metric> metrics) {
        List<String> cells = new ArrayList<>(List.of("broker"));
        for (Metric metric : metrics) {
            cells.add(metric.heading());
            if (metric.isCompared()) {
                cells.add("ratio (range)");
            }
        }
        return cells;
    }

    private List<String> row(WorkloadPoint point, String broker, List<Metric> metrics) {
        List<String> cells = new ArrayList<>(List.of(broker));
        Optional<String> failure = results.failure(point, broker);
        if (failure.isPresent()) {
            cells.add("FAILED: " + failure.get().replace('|', '/'));
            return cells;
        }
        for (Metric metric : metrics) {
            cells.add(results.spread(point, broker, metric)
                    .map(spread -> metric.text(spread.median()))
                    .orElse("-"));
            if (metric.isCompared()) {
                cells.add(results.ratio(point, broker, metric)
                        .map(ResultTable::ratio)
                        .orElse("-"));
            }
        }
        return cells;
    }

    private static String ratio(Spread ratio) {
        return String.format("%.2f (%.2f-%.2f)", ratio.median(), ratio.min(), ratio.max());
    }

    private static String aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                boolean failed = row.size() < columns && i > 0; // its text may be as long as it likes
                widths[i] = Math.max(widths[i], failed ? 0 : row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            line(text, rows.get(r), widths);
            if (r == 0) {
                rule(text, widths);
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> row, int[] widths) {
        text.append('|');
        for (int i = 0; i < row.size(); i++) {
            String format = i == 0 ? " %-" + widths[i] + "s |" : " %" + Math.max(1, widths[i]) + "s |";
            text.append(String.format(format, row.get(i)));
        }
        text.append('\n');
    }

    private static void rule(StringBuilder text, int[] widths) {
        text.append('|');
        for (int i = 0; i < widths.length; i++) {
            text.append(' ').append("-".repeat(widths[i] - (i == 0 ? 0 : 1))).append(i == 0 ? " |" : ": |");
        }
        text.append('\n');
    }
}
