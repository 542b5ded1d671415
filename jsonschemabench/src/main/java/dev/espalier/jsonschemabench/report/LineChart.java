package dev.espalier.jsonschemabench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lines of measured points. One thread at a time. */
public final class LineChart implements Plot {

    private static final int HEIGHT = 460;
    private static final List<String> COLOURS = List.of("good", "fine", "bad", "doubt", "worse", "muted");
    private static final List<String> DASHES = List.of("solid", "dashed", "dotted");
    private static final List<String> SYMBOLS = List.of("circle", "triangle", "rect");
    private static final double ASIDE = 0.012;

    private final String title;
    private final String description;
    private final String across;
    private final String upward;
    private final boolean withErrors;
    private final boolean logAcross;
    private final boolean logUpward;
    private final Map<String, List<Point>> lines = new LinkedHashMap<>();

    private record Point(double x, double y, double error) {}

    private LineChart(
            String title,
            String description,
            String across,
            String upward,
            boolean withErrors,
            boolean logAcross,
            boolean logUpward) {
        this.logAcross = logAcross;
        this.logUpward = logUpward;
        this.title = title;
        this.description = description;
        this.across = across;
        this.upward = upward;
        this.withErrors = withErrors;
    }

    /** A chart with two log axes; where a point is not above 0, its line has a gap. */
    public static LineChart logarithmic(String title, String description, String across, String upward) {
        return new LineChart(title, description, across, upward, false, true, true);
    }

    /** A chart with two plain axes from 0 on, without marks at the points. */
    public static LineChart plain(String title, String description, String across, String upward) {
        return new LineChart(title, description, across, upward, false, false, false);
    }

    /** A chart with a log axis across, a plain one upward, and a bar through each point for its error. */
    public static LineChart withErrors(String title, String description, String across, String upward) {
        return new LineChart(title, description, across, upward, true, true, false);
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
    public Chart chart() {
        ObjectNode option = ChartFrame.of(112, logAcross ? "log" : "value", across, "fn:plain");
        option.putObject("tooltip").put("trigger", "item").put("formatter", "fn:measured");
        ObjectNode y = option.putObject("yAxis").put("type", logUpward ? "log" : "value");
        y.put("name", upward).putObject("axisLabel").put("formatter", "fn:plain");
        ArrayNode all = option.putArray("series");
        int index = 0;
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            // points of the same x would hide each other's bars
            double aside = withErrors ? Math.exp(ASIDE * (index - (lines.size() - 1) / 2.0)) : 1;
            line(all.addObject(), index, line.getKey(), line.getValue(), aside);
            if (withErrors) {
                bars(all.addObject(), index, line.getKey(), line.getValue(), aside);
            }
            index++;
        }
        return new Chart(title, description, HEIGHT, option, table());
    }

    private void line(ObjectNode line, int index, String name, List<Point> points, double aside) {
        String dash = DASHES.get(index / COLOURS.size() % DASHES.size());
        line.put("type", "line").put("name", name).put("symbolSize", logAcross ? 7 : 0);
        line.put("symbol", SYMBOLS.get(index / COLOURS.size() % SYMBOLS.size()));
        line.putObject("itemStyle").put("color", colour(index));
        line.putObject("lineStyle").put("width", 2).put("type", dash);
        ArrayNode data = line.putArray("data");
        for (Point point : points) {
            if (!logUpward || point.y() > 0) {
                data.addArray().add(point.x() * aside).add(point.y());
            } else {
                data.addArray().add("-").add("-");
            }
        }
    }

    /** A line from below to above each point, with a gap after it. */
    private static void bars(ObjectNode bars, int index, String name, List<Point> points, double aside) {
        bars.put("type", "line").put("name", name).put("symbol", "none").put("silent", true);
        bars.putObject("itemStyle").put("color", colour(index));
        bars.putObject("lineStyle").put("width", 1);
        ArrayNode data = bars.putArray("data");
        for (Point point : points) {
            data.addArray().add(point.x() * aside).add(point.y() - point.error());
            data.addArray().add(point.x() * aside).add(point.y() + point.error());
            data.addArray().add("-").add("-");
        }
    }

    private static String colour(int index) {
        return "var:" + COLOURS.get(index % COLOURS.size());
    }

    private Table table() {
        List<String> columns = new ArrayList<>(List.of("", across, upward));
        if (withErrors) {
            columns.add("±");
        }
        Table table = new Table(title, columns);
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            for (Point point : line.getValue()) {
                List<Object> cells = new ArrayList<>(List.of(line.getKey(), point.x(), figure(point.y())));
                if (withErrors) {
                    cells.add(figure(point.error()));
                }
                table = table.row(cells.toArray());
            }
        }
        return table;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
