// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Times against the sizes of schemas, a point a schema, both on log axes. One thread at a time. */
public final class SizeChart extends Plot {

    private static final int HEIGHT = 400;

    private final List<String> groups;
    private final Map<String, List<Point>> points = new LinkedHashMap<>();

    private record Point(String id, long bytes, long nanos) {}

    /**
     * A chart without points.
     *
     * @param groups the groups that points fall in, with colours: {@code passing:good}
     */
    public SizeChart(String title, String description, String... groups) {
        super(title, description);
        this.groups = List.of(groups);
        this.groups.forEach(group -> points.put(group.split(":")[0], new ArrayList<>()));
    }

    /** Adds a schema to a group. */
    public void add(String group, String id, long bytes, long nanos) {
        Objects.requireNonNull(points.get(group), group).add(new Point(id, Math.max(1, bytes), Math.max(1, nanos)));
    }

    @Override
    Chart chart() {
        List<Chart.Series> series = new ArrayList<>();
        for (String group : groups) {
            List<Point> some = points.getOrDefault(group.split(":")[0], List.of());
            if (!some.isEmpty()) {
                List<?> shown = some.stream()
                        .map(point -> List.of(point.bytes(), point.nanos(), point.id()))
                        .toList();
                series.add(new Chart.Series(group.split(":")[0], group.split(":")[1], shown));
            }
        }
        return new Chart(HEIGHT, "sizes", Map.of(), series, table());
    }

    /** Schemas by size, in classes of a factor four. */
    private Table table() {
        Map<Integer, List<Long>> classes = new TreeMap<>();
        points.values()
                .forEach(some -> some.forEach(point -> classes.computeIfAbsent(
                                (63 - Long.numberOfLeadingZeros(point.bytes())) / 2, unused -> new ArrayList<>())
                        .add(point.nanos())));
        Table table = Table.of(title(), "bytes of the schema", "schemas", "p50 µs", "p90 µs", "max µs");
        for (Map.Entry<Integer, List<Long>> entry : classes.entrySet()) {
            List<Long> times = entry.getValue().stream().sorted().toList();
            table.row(
                    (1L << (2 * entry.getKey())) + " to " + ((1L << (2 * entry.getKey() + 2)) - 1),
                    times.size(),
                    times.get(times.size() / 2) / 1000.0,
                    times.get(times.size() * 9 / 10) / 1000.0,
                    times.get(times.size() - 1) / 1000.0);
        }
        return table;
    }
}
