// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.cold;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Group;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What is shown of starts: by schema and way, each part by its median.
 *
 * @param results all starts
 */
public record ColdView(List<ColdResult> results) {

    private static double median(Group<String, ColdResult> way, ToDoubleFunction<ColdResult> figure) {
        double[] sorted = way.results().stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double median(Group<String, ColdResult> way, ColdPhase phase) {
        return median(way, start -> start.millis(phase));
    }

    private static Map<String, Object> members(Group<String, ColdResult> way) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("starts", way.size());
        members.put("toFirstMask", median(way, ColdResult::toFirstMask));
        Arrays.stream(ColdPhase.values()).forEach(phase -> members.put(phase.toString(), median(way, phase)));
        return members;
    }

    private static final List<Column<Group<String, ColdResult>>> COLUMNS = List.of(
            Column.of("started with", Group::key),
            Column.of("starts", Group::size),
            Column.of("machine", way -> median(way, ColdPhase.MACHINE)),
            Column.of("vocabulary", way -> median(way, ColdPhase.VOCABULARY)),
            Column.of("warm-up", way -> median(way, ColdPhase.WARM_UP)),
            Column.of("output", way -> median(way, ColdPhase.OUTPUT)),
            Column.of("first mask", way -> median(way, ColdPhase.FIRST_MASK)),
            Column.of("all to the first mask", way -> median(way, ColdResult::toFirstMask)),
            Column.of(
                    "slowest",
                    way -> way.results().stream()
                            .mapToDouble(ColdResult::toFirstMask)
                            .max()
                            .orElse(0)),
            Column.of("more masks", way -> median(way, ColdPhase.MORE_MASKS)),
            Column.of("processor", way -> median(way, ColdPhase.PROCESSOR)),
            Column.of("trie nodes", way -> Math.round(median(way, start -> start.nodes()))));

    /**
     * The view.
     *
     * @param setting what was run, in words
     * @param sizes of what was prepared, in words
     */
    public View view(String setting, String sizes) {
        View view = new View("Cold starts", setting).text(sizes);
        StringBuilder terminal = new StringBuilder();
        for (Group<String, ColdResult> schema : Group.by(ColdResult::schema, results)) {
            List<Group<String, ColdResult>> ways = Group.by(ColdResult::variant, schema.results());
            Table table = Table.of(schema.key() + ": medians in ms", COLUMNS, ways);
            view.onPage(table)
                    .member(schema.key(), ways.stream().collect(Collectors.toMap(Group::key, ColdView::members)));
            terminal.append(terminal.isEmpty() ? "" : System.lineSeparator()).append(table);
        }
        return view.onTerminal(terminal + sizes);
    }
}
