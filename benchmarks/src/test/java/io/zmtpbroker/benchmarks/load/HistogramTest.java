package io.zmtpbroker.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void quantilesAreTrueToTwoPercent() {
        Histogram histogram = new Histogram();
        for (long nanos = 1; nanos <= 1_000_000; nanos++) {
            histogram.add(nanos);
        }

        assertThat(histogram.quantile(0.5)).isCloseTo(500_000, withinPercentage(2));
        assertThat(histogram.quantile(0.99)).isCloseTo(990_000, withinPercentage(2));
        assertThat(histogram.max()).isEqualTo(1_000_000);
    }

    @Test
    void withoutValuesAllIsZero() {
        Histogram histogram = new Histogram();

        assertThat(histogram.quantile(0.5)).isZero();
        assertThat(histogram.max()).isZero();
    }
}
