package io.zmtpbroker.benchmarks.compare;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The results as a picture: for each point and broker a bar for what a request costs and one for how many there were in a
 * second, with the range over the rounds. Its colours follow the reader's choice of a light or a dark page.
 */
final class SvgChart {

    private static final int WIDTH = 960;
    private static final int MARGIN = 20;
    private static final int NAME_WIDTH = 110;
    private static final int BAR_WIDTH = 210;
    private static final int TEXT_WIDTH = 185;
    private static final int ROW_HEIGHT = 20;
    private static final int BAR_HEIGHT = 13;
    private static final int HEAD_HEIGHT = 96;
    private static final int POINT_HEAD_HEIGHT = 46;
    private static final int LEFT = MARGIN + NAME_WIDTH;
    private static final int RIGHT = LEFT + BAR_WIDTH + TEXT_WIDTH + MARGIN;

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
              .range { stroke: #1f2328; stroke-width: 1.5; }
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
    private final StringBuilder out = new StringBuilder();

    /**
     * A picture of results.
     *
     * @param notes lines on machine and versions
     */
    SvgChart(Results results, List<String> notes) {
        this.results = results;
        this.notes = notes;
    }

    String render() {
        int pointHeight = POINT_HEAD_HEIGHT + results.brokers().size() * ROW_HEIGHT;
        int height = HEAD_HEIGHT + results.points().size() * pointHeight + MARGIN;
        out.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                WIDTH, height, WIDTH, height));
        out.append("<title>Brokers compared</title>\n").append(STYLE);
        out.append(String.format("<rect class=\"page\" width=\"%d\" height=\"%d\"/>%n", WIDTH, height));
        text(MARGIN, 30, "title", "What a request costs the broker, and how many it serves");
        int y = 50;
        for (String note : notes) {
            text(MARGIN, y, "soft", note);
            y += 16;
        }
        int top = HEAD_HEIGHT;
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
                "<line class=\"rule\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>%n", MARGIN, top, WIDTH - MARGIN, top));
        text(MARGIN, top + 18, "point", point.label() + ": " + point.description());
        text(LEFT, top + 36, "soft", cost.heading() + " (less is better)");
        text(RIGHT, top + 36, "soft", gain.heading() + (point.isIdle() ? " (less is better)" : " (more is better)"));
        int y = top + POINT_HEAD_HEIGHT;
        for (String broker : results.brokers()) {
            boolean peer = broker.startsWith("jeromq:") || broker.startsWith("libzmq:");
            text(MARGIN, y + 11, "name", broker);
            if (results.failure(point, broker).isPresent()) {
                text(LEFT, y + 11, "soft", "failed");
            } else {
                bar(LEFT, y, peer, point, broker, cost);
                bar(RIGHT, y, peer, point, broker, gain);
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
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"range\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                from,
                y + BAR_HEIGHT / 2.0,
                to,
                y + BAR_HEIGHT / 2.0));
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
