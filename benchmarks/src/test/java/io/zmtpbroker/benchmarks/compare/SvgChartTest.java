package io.zmtpbroker.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.zmtpbroker.benchmarks.load.LoadResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class SvgChartTest {

    private static final double CHARACTER_WIDTH = 6.8;

    private final Results results = new Results("jeromq:lb");

    private void measured(int round, String broker, long replies, double cpuMicros) {
        LoadResult load = new LoadResult(replies, 1, 100, 200, 300, 400, 0, 0, 0, 0);
        Measurement measurement = new Measurement(
                load, cpuMicros, new CoreUse(1, 1, 1, 0, 0), Double.NaN, Double.NaN, new Memory(1024, 2048));
        results.add(new Run(WorkloadPoint.ALONE, round, broker, measurement, ""));
    }

    private String withLongFigures() {
        measured(1, "an_old_build_of_ours:rep:100", 123_456_789, 12345.67);
        measured(1, "jeromq:lb", 8_765_432, 98765.43);
        measured(2, "an_old_build_of_ours:rep:100", 112_345_678, 23456.78);
        measured(2, "jeromq:lb", 7_654_321, 87654.32);
        return new SvgChart(results, List.of("word ".repeat(100), "w".repeat(500))).render();
    }

    @Test
    void everyTextFitsIntoThePicture() {
        String svg = withLongFigures();

        double width = number(SvgTexts.root(svg), "width");
        double height = number(SvgTexts.root(svg), "height");
        assertThat(SvgTexts.elements(svg, "text")).allSatisfy(text -> {
            double end = number(text, "x") + text.getTextContent().length() * CHARACTER_WIDTH;
            assertThat(end).as(text.getTextContent()).isLessThan(width);
            assertThat(number(text, "y")).isBetween(0.0, height);
        });
    }

    @Test
    void figuresOfTheLeftDoNotReachTheBarsOfTheRight() {
        String svg = withLongFigures();

        double right = SvgTexts.elements(svg, "rect").stream()
                .mapToDouble(bar -> number(bar, "x"))
                .max()
                .orElseThrow();
        assertThat(SvgTexts.elements(svg, "text"))
                .filteredOn(text -> text.getAttribute("class").equals("figure") && number(text, "x") < right)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(
                                number(text, "x") + text.getTextContent().length() * CHARACTER_WIDTH)
                        .isLessThan(right));
    }

    /** Its ends stand out of the bar, so that it is seen where it is short, too. */
    @Test
    void everyBarHasItsRange() {
        String svg = withLongFigures();

        assertThat(SvgTexts.elements(svg, "path"))
                .hasSize(4)
                .allSatisfy(range -> assertThat(range.getAttribute("class")).isEqualTo("range"));
    }

    private static double number(Element element, String attribute) {
        String value = element.getAttribute(attribute);
        return value.isEmpty() ? 0 : Double.parseDouble(value);
    }
}
