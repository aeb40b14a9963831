package io.zmtpbroker.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The results as a picture: for each point and broker a bar for what a request costs and one for how many there were in a
 * second, with the range over the rounds. Its colours follow the reader's choice of a light or a dark page.
 */
final class SvgChart {

    private static final int MARGIN = 20;
    private static final int NAME_GAP = 14;
    private static final int BAR_WIDTH = 210;
    private static final int TEXT_WIDTH = 260;
    private static final int ROW_HEIGHT = 20;
    private static final int BAR_HEIGHT = 13;
    private static final int TITLE_HEIGHT = 50;
    private static final int NOTE_HEIGHT = 16;
    private static final int POINT_HEAD_HEIGHT = 46;

    /** What a character of the figures takes at most, on average, in any of the fonts. */
    private static final double CHARACTER_WIDTH = 7;

    /** How far the ends of a range stand out from its line. */
    private static final int END_HEIGHT = 4;

    /** Before what did not fit on the line above. */
    private static final String INDENT = "  ";

    private static final String STYLE = """
            <style>
              svg { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; font-size: 12px; }
              text { fill: #1f2328; }
              .page { fill: #ffffff; }
              .title { font-size: 16px; font-weight: 600; }
              .point { font-size: 13px; font-weight: 600; }
              .soft { fill: #59636e; }
              .ours { fill: #4493f8; }
              .peer { fill: #a8b1bb; }
              .rule { stroke: #d1d9e0; }
              .range { stroke: #1f2328; stroke-width: 1.5; fill: none; }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc; }
                .page { fill: #0d1117; }
                .soft { fill: #9198a1; }
                .ours { fill: #1f6feb; }
                .peer { fill: #59636e; }
                .rule { stroke: #3d444d; }
                .range { stroke: #f0f6fc; }
              }
            </style>
            """;

    private final Results results;
    private final List<String> notes;
    private final int left;
    private final int right;
    private final int width;
    private final StringBuilder out = new StringBuilder();

    /**
     * A picture of results.
     *
     * @param notes lines on machine and versions
     */
    SvgChart(Results results, List<String> notes) {
        this.results = results;
        int names = results.brokers().stream().mapToInt(String::length).max().orElse(0);
        left = MARGIN + NAME_GAP + (int) (names * CHARACTER_WIDTH);
        right = left + BAR_WIDTH + TEXT_WIDTH;
        width = right + BAR_WIDTH + TEXT_WIDTH + MARGIN;
        int noteLength = (int) ((width - 2 * MARGIN) / CHARACTER_WIDTH);
        String ratios = "×: ratio to " + results.baseline() + " of the same round, median (range over the rounds)";
        this.notes = Stream.of(Stream.of(ratios), notes.stream(), doubts(results))
                .flatMap(lines -> lines)
                .flatMap(note -> wrapped(note, noteLength).stream())
                .toList();
    }

    /** So that no picture shows a disturbed comparison as a quiet one. */
    private static Stream<String> doubts(Results results) {
        Doubts doubts = new Doubts(results);
        return results.points().stream()
                .flatMap(point -> doubts.about(point).stream().map(doubt -> "! point " + point.label() + ": " + doubt));
    }

    /** Lines of so many characters at most, broken between words where that is possible. */
    private static List<String> wrapped(String text, int length) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > length) {
            int space = rest.lastIndexOf(' ', length);
            int end = space > INDENT.length() ? space : length;
            lines.add(rest.substring(0, end));
            rest = INDENT + rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }

    String render() {
        int pointHeight = POINT_HEAD_HEIGHT + results.brokers().size() * ROW_HEIGHT;
        int headHeight = TITLE_HEIGHT + notes.size() * NOTE_HEIGHT;
        int height = headHeight + results.points().size() * pointHeight + MARGIN;
        out.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                width, height, width, height));
        out.append("<title>Brokers compared</title>\n").append(STYLE);
        out.append(String.format("<rect class=\"page\" width=\"%d\" height=\"%d\"/>%n", width, height));
        text(MARGIN, 30, "title", "What a request costs the broker, and how many it serves");
        int y = TITLE_HEIGHT;
        for (String note : notes) {
            text(MARGIN, y, "soft", note);
            y += NOTE_HEIGHT;
        }
        int top = headHeight;
        for (WorkloadPoint point : results.points()) {
            point(point, top);
            top += pointHeight;
        }
        return out.append("</svg>\n").toString();
    }

    private void point(WorkloadPoint point, int top) {
        Metric cost = point.isIdle() ? Metric.CONNECTION_MEMORY : Metric.CPU;
        Metric gain = point.isIdle() ? Metric.PEAK_MEMORY : Metric.REQUESTS;
        out.append(String.format(
                "<line class=\"rule\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n", MARGIN, top, width - MARGIN, top));
        text(MARGIN, top + 18, "point", point.label() + ": " + point.description());
        text(left, top + 36, "soft", cost.heading() + " (less is better)");
        text(right, top + 36, "soft", gain.heading() + (point.isIdle() ? " (less is better)" : " (more is better)"));
        int y = top + POINT_HEAD_HEIGHT;
        for (String broker : results.brokers()) {
            boolean peer = broker.startsWith("jeromq:") || broker.startsWith("libzmq:");
            text(MARGIN, y + 11, "name", broker);
            if (results.failure(point, broker).isPresent()) {
                text(left, y + 11, "soft", "failed");
            } else {
                bar(left, y, peer, point, broker, cost);
                bar(right, y, peer, point, broker, gain);
            }
            y += ROW_HEIGHT;
        }
    }

    private void bar(int x, int y, boolean peer, WorkloadPoint point, String broker, Metric metric) {
        Optional<Spread> spread = results.spread(point, broker, metric);
        if (spread.isEmpty()) {
            return;
        }
        double scale = BAR_WIDTH / Math.max(1e-9, longest(point, metric));
        double length = Math.max(1, spread.get().median() * scale);
        out.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                peer ? "peer" : "ours",
                x,
                y,
                length,
                BAR_HEIGHT));
        double from = x + Math.max(0, spread.get().min() * scale);
        double to = x + Math.max(0, spread.get().max() * scale);
        double middle = y + BAR_HEIGHT / 2.0;
        out.append(String.format(
                Locale.ROOT,
                "<path class=\"range\" d=\"M%1$.1f %2$.1fv%4$d M%1$.1f %3$.1fH%5$.1f M%5$.1f %2$.1fv%4$d\"/>%n",
                from,
                middle - END_HEIGHT,
                middle,
                2 * END_HEIGHT,
                to));
        String ratio = results.ratio(point, broker, metric)
                .map(found ->
                        String.format(Locale.ROOT, "  × %.2f (%.2f–%.2f)", found.median(), found.min(), found.max()))
                .orElse("");
        String beside = metric.text(spread.get().median()) + (broker.equals(results.baseline()) ? "  = 1" : ratio);
        text((int) Math.ceil(Math.max(x + length, to)) + 6, y + 11, "figure", beside);
    }

    private double longest(WorkloadPoint point, Metric metric) {
        return results.brokers().stream()
                .flatMap(broker -> results.spread(point, broker, metric).stream())
                .mapToDouble(Spread::max)
                .max()
                .orElse(0);
    }

    private void text(int x, int y, String style, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        out.append(String.format(
                "<text class=\"%s\" x=\"%d\" y=\"%d\" xml:space=\"preserve\">%s</text>%n", style, x, y, escaped));
    }
}
