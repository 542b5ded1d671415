package dev.espalier.jsonschemabench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Horizontal bars, one line a category: stacked shares of a whole, or plain counts. Built up category by category; one
 * thread at a time.
 */
public final class BarChart implements Plot {

    private static final int LINE = 26;
    private static final int MARGIN = 96;

    private final String title;
    private final String description;
    private final boolean stacked;
    private final List<String> series;
    private final List<String> colours;
    private final List<String> categories = new ArrayList<>();
    private final List<long[]> counts = new ArrayList<>();

    private BarChart(String title, String description, boolean stacked, List<String> series, List<String> colours) {
        this.title = title;
        this.description = description;
        this.stacked = stacked;
        this.series = series;
        this.colours = colours;
    }

    /**
     * Bars that fill the width: how the members of each category end.
     *
     * @param ends the possible ends, from the left, each with its colour: {@code passing:good}; colours are those of the page,
     *     {@code good}, {@code fine}, {@code doubt}, {@code bad}, {@code worse} and {@code muted}
     */
    public static BarChart shares(String title, String description, String... ends) {
        List<String> names = Arrays.stream(ends).map(end -> end.split(":")[0]).toList();
        List<String> colours = Arrays.stream(ends).map(end -> end.split(":")[1]).toList();
        return new BarChart(title, description, true, names, colours);
    }

    /** Bars as long as their counts. */
    public static BarChart counts(String title, String description, String counted) {
        return new BarChart(title, description, false, List.of(counted), List.of("fine"));
    }

    /** Adds a category, one count for each series. */
    public BarChart add(String category, long... values) {
        categories.add(category);
        counts.add(values.clone());
        return this;
    }

    @Override
    public Chart chart() {
        ObjectNode option = JsonMapper.shared().createObjectNode();
        option.putObject("grid")
                .put("left", 8)
                .put("right", 56)
                .put("top", 40)
                .put("bottom", 24)
                .put("containLabel", true);
        if (stacked) {
            option.putObject("legend").put("top", 4).put("left", 0);
            option.putObject("tooltip").put("trigger", "axis").put("formatter", "fn:shares");
        } else {
            option.putObject("tooltip");
        }
        ObjectNode value = option.putObject("xAxis").put("type", "value");
        if (stacked) {
            value.put("max", 100).putObject("axisLabel").put("formatter", "{value} %");
        } else {
            value.put("minInterval", 1);
        }
        ObjectNode names = option.putObject("yAxis").put("type", "category").put("inverse", true);
        categories.forEach(names.putArray("data")::add);
        names.putObject("axisLabel").put("width", 190).put("overflow", "truncate");
        ArrayNode all = option.putArray("series");
        for (int i = 0; i < series.size(); i++) {
            bars(all.addObject(), i);
        }
        return new Chart(title, description, MARGIN + LINE * categories.size(), option, table());
    }

    private void bars(ObjectNode bars, int index) {
        bars.put("type", "bar").put("name", series.get(index)).put("barMaxWidth", 16);
        bars.putObject("itemStyle").put("color", "var:" + colours.get(index));
        if (stacked) {
            bars.put("stack", "all");
        } else {
            bars.putObject("label").put("show", true).put("position", "right").put("color", "var:ink");
        }
        ArrayNode data = bars.putArray("data");
        for (long[] values : counts) {
            long whole = Arrays.stream(values).sum();
            double shown = stacked ? 100.0 * values[index] / Math.max(1, whole) : values[index];
            data.addObject()
                    .put("value", Double.parseDouble(String.format(Locale.ROOT, "%.3f", shown)))
                    .put("count", values[index]);
        }
    }

    private Table table() {
        List<String> columns = new ArrayList<>(List.of(""));
        columns.addAll(series);
        Table table = new Table(title, columns);
        for (int i = 0; i < categories.size(); i++) {
            List<Object> cells = new ArrayList<>(List.of(categories.get(i)));
            Arrays.stream(counts.get(i)).forEach(cells::add);
            table = table.row(cells.toArray());
        }
        return table;
    }
}
