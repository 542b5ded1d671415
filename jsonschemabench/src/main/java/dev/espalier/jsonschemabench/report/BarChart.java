// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Horizontal bars, one line a category: stacked shares of a whole, or plain counts. Built up category by category; one
 * thread at a time.
 */
public final class BarChart extends Plot {

    private static final int LINE = 26;
    private static final int MARGIN = 96;

    private final boolean stacked;
    /** Each with its colour: {@code passing:good}. */
    private final List<String> series;

    private final List<String> categories = new ArrayList<>();
    private final List<long[]> counts = new ArrayList<>();

    private BarChart(String title, String description, boolean stacked, List<String> series) {
        super(title, description);
        this.stacked = stacked;
        this.series = series;
    }

    /**
     * Bars that fill the width: how the members of each category end.
     *
     * @param ends the possible ends, from the left, each with its colour: {@code passing:good}; colours are those of the page,
     *     {@code good}, {@code fine}, {@code doubt}, {@code bad}, {@code worse} and {@code muted}
     */
    public static BarChart shares(String title, String description, String... ends) {
        return new BarChart(title, description, true, List.of(ends));
    }

    /** Bars as long as their counts. */
    public static BarChart counts(String title, String description, String counted) {
        return new BarChart(title, description, false, List.of(counted + ":fine"));
    }

    /** Adds a category, one count for each series. */
    public BarChart add(String category, long... values) {
        categories.add(category);
        counts.add(values.clone());
        return this;
    }

    /** A bar as long as its value; the count shows when it is pointed at. */
    record Bar(double value, long count) {}

    @Override
    Chart chart() {
        List<Chart.Series> bars = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            int index = i;
            bars.add(new Chart.Series(
                    part(series.get(i), 0),
                    part(series.get(i), 1),
                    counts.stream().map(values -> bar(values, index)).toList()));
        }
        return new Chart(
                MARGIN + LINE * categories.size(),
                stacked ? "shares" : "counts",
                Map.of("categories", categories),
                bars,
                table());
    }

    private static String part(String one, int index) {
        return one.split(":")[index];
    }

    private Bar bar(long[] values, int index) {
        long whole = Arrays.stream(values).sum();
        double shown = stacked ? 100.0 * values[index] / Math.max(1, whole) : values[index];
        return new Bar(Math.round(1e3 * shown) / 1e3, values[index]);
    }

    private Table table() {
        List<String> columns = new ArrayList<>(List.of(""));
        series.forEach(one -> columns.add(part(one, 0)));
        Table table = new Table(title(), columns);
        for (int i = 0; i < categories.size(); i++) {
            List<Object> cells = new ArrayList<>(List.of(categories.get(i)));
            Arrays.stream(counts.get(i)).forEach(cells::add);
            table.row(cells.toArray());
        }
        return table;
    }
}
