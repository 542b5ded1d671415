// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines of measured points. One thread at a time. */
public final class LineChart extends Plot {

    private static final int HEIGHT = 460;
    private static final List<String> GAP = List.of("-", "-");
    private static final double ASIDE = 0.012;

    private final String across;
    private final String upward;
    private final Axes axes;
    private final Map<String, List<Point>> lines = new LinkedHashMap<>();

    private record Point(double x, double y, double error) {}

    private enum Axes {
        LOGARITHMIC,
        PLAIN,
        WITH_ERRORS
    }

    private LineChart(String title, String description, String across, String upward, Axes axes) {
        super(title, description);
        this.across = across;
        this.upward = upward;
        this.axes = axes;
    }

    /** A chart with two log axes; where a point is not above 0, its line has a gap. */
    public static LineChart logarithmic(String title, String description, String across, String upward) {
        return new LineChart(title, description, across, upward, Axes.LOGARITHMIC);
    }

    /** A chart with two plain axes from 0 on, without marks at the points. */
    public static LineChart plain(String title, String description, String across, String upward) {
        return new LineChart(title, description, across, upward, Axes.PLAIN);
    }

    /** A chart with a log axis across, a plain one upward, and a bar through each point for its error. */
    public static LineChart withErrors(String title, String description, String across, String upward) {
        return new LineChart(title, description, across, upward, Axes.WITH_ERRORS);
    }

    /** Adds a point without an error. At most eighteen lines are told apart. */
    public LineChart add(String line, double x, double y) {
        return add(line, x, y, 0);
    }

    /**
     * Adds a point.
     *
     * @param x above 0 on a log axis
     * @param error how far the bar reaches to each side
     */
    public LineChart add(String line, double x, double y, double error) {
        lines.computeIfAbsent(line, unused -> new ArrayList<>()).add(new Point(x, y, error));
        return this;
    }

    @Override
    Chart chart() {
        List<Chart.Series> series = new ArrayList<>();
        int index = 0;
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            // points of the same x would hide each other's bars
            double aside = axes == Axes.WITH_ERRORS ? Math.exp(ASIDE * (index - (lines.size() - 1) / 2.0)) : 1;
            series.add(new Chart.Series(line.getKey(), index, line(line.getValue(), aside)));
            if (axes == Axes.WITH_ERRORS) {
                series.add(new Chart.Series(line.getKey(), index, true, bars(line.getValue(), aside)));
            }
            index++;
        }
        Map<String, ?> frame = Map.of(
                "across",
                across,
                "upward",
                upward,
                "log_across",
                axes != Axes.PLAIN,
                "log_upward",
                axes == Axes.LOGARITHMIC);
        return new Chart(HEIGHT, "lines", frame, series, table());
    }

    private List<List<?>> line(List<Point> points, double aside) {
        List<List<?>> line = new ArrayList<>();
        for (Point point : points) {
            line.add(axes != Axes.LOGARITHMIC || point.y() > 0 ? List.of(point.x() * aside, point.y()) : GAP);
        }
        return line;
    }

    /** A line from below to above each point, with a gap after it. */
    private static List<List<?>> bars(List<Point> points, double aside) {
        List<List<?>> bars = new ArrayList<>();
        for (Point point : points) {
            bars.add(List.of(point.x() * aside, point.y() - point.error()));
            bars.add(List.of(point.x() * aside, point.y() + point.error()));
            bars.add(GAP);
        }
        return bars;
    }

    private Table table() {
        List<String> columns = new ArrayList<>(List.of("", across, upward));
        if (axes == Axes.WITH_ERRORS) {
            columns.add("±");
        }
        Table table = new Table(title(), columns);
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            for (Point point : line.getValue()) {
                List<Object> cells = new ArrayList<>(List.of(line.getKey(), point.x(), figure(point.y())));
                if (axes == Axes.WITH_ERRORS) {
                    cells.add(figure(point.error()));
                }
                table.row(cells.toArray());
            }
        }
        return table;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
