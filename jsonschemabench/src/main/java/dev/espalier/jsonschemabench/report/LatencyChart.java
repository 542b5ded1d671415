// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Distributions of times: for each time the share of all that took as long or longer, both on log axes, so that the rare long ones
 * show as well as the usual ones. One thread at a time.
 */
public final class LatencyChart extends Plot {

    private static final int HEIGHT = 360;

    private final Map<String, LatencyHistogram> times = new LinkedHashMap<>();

    /** A chart without times. */
    public LatencyChart(String title, String description) {
        super(title, description);
    }

    /** Adds a distribution; one without times is left out. At most six show in colours of their own. */
    public LatencyChart add(String name, LatencyHistogram histogram) {
        if (histogram.count() > 0) {
            times.put(name, histogram);
        }
        return this;
    }

    /** Adds distributions by name. */
    public LatencyChart add(Map<String, LatencyHistogram> histograms) {
        histograms.forEach(this::add);
        return this;
    }

    @Override
    Chart chart() {
        List<Chart.Series> lines = new ArrayList<>();
        times.forEach((name, histogram) -> lines.add(new Chart.Series(
                name,
                lines.size(),
                thinned(histogram.exceedance()).stream()
                        .map(point -> List.of(Math.max(1, point[0]), point[1]))
                        .toList())));
        return new Chart(HEIGHT, "times", Map.of("least", lowestShare()), lines, table(title(), times));
    }

    /** A power of ten that is no more than any share, and less than all. */
    private double lowestShare() {
        long most =
                times.values().stream().mapToLong(LatencyHistogram::count).max().orElse(1);
        return 1 / Math.pow(10, Math.max(1, Math.ceil(Math.log10(most))));
    }

    /** Points that differ by less than a twentieth both ways are not to be told apart. */
    private static List<double[]> thinned(List<double[]> points) {
        List<double[]> kept = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            double[] point = points.get(i);
            double[] last = kept.isEmpty() ? point : kept.get(kept.size() - 1);
            boolean near = point[0] < last[0] * 1.05 && point[1] > last[1] * 0.95;
            if (kept.isEmpty() || !near || i == points.size() - 1) {
                kept.add(point);
            }
        }
        return kept;
    }

    /** A time in the unit that suits it, {@code 1.23 ms}. */
    public static String time(double nanos) {
        String[] units = {"ns", "µs", "ms", "s"};
        double value = nanos;
        int unit = 0;
        while (value >= 1000 && unit < 3) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f %s" : "%.1f %s", value, units[unit]);
    }

    /** Means, percentiles and longest times in microseconds. */
    public static Table table(String caption, Map<String, LatencyHistogram> times) {
        Table table = Table.of(caption, "µs", "count", "mean", "p50", "p90", "p99", "p99.9", "max");
        for (Map.Entry<String, LatencyHistogram> entry : times.entrySet()) {
            LatencyHistogram histogram = entry.getValue();
            table.row(
                    entry.getKey(),
                    histogram.count(),
                    histogram.mean() / 1000,
                    histogram.percentile(50) / 1000.0,
                    histogram.percentile(90) / 1000.0,
                    histogram.percentile(99) / 1000.0,
                    histogram.percentile(99.9) / 1000.0,
                    histogram.max() / 1000.0);
        }
        return table;
    }
}
