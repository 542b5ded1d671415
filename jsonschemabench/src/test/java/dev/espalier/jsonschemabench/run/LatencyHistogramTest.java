// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LatencyHistogramTest {

    private static final long SEED = 20261120;

    @Test
    void smallTimesAreExact() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 1; i <= 100; i++) {
            histogram.add(i);
        }
        assertEquals(51, histogram.percentile(50));
        assertEquals(100, histogram.percentile(99));
        assertEquals(100, histogram.percentile(100));
        assertEquals(50.5, histogram.mean());
        assertEquals(100, histogram.max());
    }

    @Test
    void percentilesAreThoseOfTheSortedListWithinTheWidthOfABucket() {
        Random random = new Random(SEED);
        LatencyHistogram histogram = new LatencyHistogram();
        long[] times = new long[20_000];
        for (int i = 0; i < times.length; i++) {
            times[i] = (long) Math.exp(random.nextDouble() * 40);
            histogram.add(times[i]);
        }
        Arrays.sort(times);
        for (double p : new double[] {0, 1, 50, 90, 99, 99.9, 99.99, 100}) {
            long exact = times[Math.min((int) (times.length * p / 100), times.length - 1)];
            long read = histogram.percentile(p);
            assertTrue(
                    read >= exact && read <= exact * 1.016 + 1, "seed " + SEED + " p" + p + ": " + read + " " + exact);
        }
        assertEquals(times[times.length - 1], histogram.max());
        assertEquals(Arrays.stream(times).average().orElse(0), histogram.mean(), 1e-6 * histogram.mean());
    }

    @Test
    void partsAddUpToTheWhole() {
        LatencyHistogram even = new LatencyHistogram();
        LatencyHistogram odd = new LatencyHistogram();
        LatencyHistogram all = new LatencyHistogram();
        for (long i = 0; i < 5_000; i++) {
            (i % 2 == 0 ? even : odd).add(i * i);
            all.add(i * i);
        }
        even.add(odd);
        assertEquals(all.toJson(), even.toJson());
    }

    @Test
    void survivesItsTripThroughJson() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(0);
        histogram.add(123_456_789_012L);
        histogram.add(Long.MAX_VALUE / 4);
        assertEquals(histogram.toJson(), LatencyHistogram.of(histogram.toJson()).toJson());
        assertEquals(
                histogram.percentile(50),
                LatencyHistogram.of(histogram.toJson()).percentile(50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[-1,3]", "[2000000000,3]", "[5,-3]", "[5]"})
    void whatNoHistogramWroteIsRefused(String buckets) {
        JsonNode damaged =
                JsonMapper.shared().readTree("{\"count\":3,\"sum\":9,\"max\":3,\"buckets\":" + buckets + "}");
        assertThrows(IllegalArgumentException.class, () -> LatencyHistogram.of(damaged));
    }

    @Test
    void nothingHasNoTimes() {
        LatencyHistogram nothing = new LatencyHistogram();
        assertEquals(0, nothing.percentile(50));
        assertEquals(0, nothing.mean());
        assertEquals(0, nothing.count());
    }

    @Test
    void exceedanceFallsFromAllTimesToTheLongest() {
        LatencyHistogram histogram = new LatencyHistogram();
        for (long i = 0; i < 10_000; i++) {
            histogram.add(i * 37);
        }
        List<double[]> points = histogram.exceedance();
        assertEquals(1, points.get(0)[1]);
        assertEquals(9_999 * 37, points.get(points.size() - 1)[0]);
        for (int i = 1; i < points.size(); i++) {
            assertTrue(points.get(i)[0] > points.get(i - 1)[0]);
            assertTrue(points.get(i)[1] < points.get(i - 1)[1]);
        }
        assertEquals(0, histogram.above(9_999 * 37));
        assertEquals(10_000, histogram.above(0) + 1);
    }
}
