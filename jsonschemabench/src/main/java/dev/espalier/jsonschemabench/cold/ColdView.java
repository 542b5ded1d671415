package dev.espalier.jsonschemabench.cold;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What is shown of starts: by schema and way, each part by its median.
 *
 * @param results all starts
 */
public record ColdView(List<ColdResult> results) {

    /** Like starts. */
    private record Way(String name, List<ColdResult> starts) {

        double median(ToDoubleFunction<ColdResult> figure) {
            double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }

        double median(ColdPhase phase) {
            return median(start -> start.millis(phase));
        }

        double slowest() {
            return starts.stream().mapToDouble(ColdResult::toFirstMask).max().orElse(0);
        }

        Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("starts", starts.size());
            members.put("toFirstMask", median(ColdResult::toFirstMask));
            Arrays.stream(ColdPhase.values()).forEach(phase -> members.put(phase.toString(), median(phase)));
            return members;
        }
    }

    private static final List<Column<Way>> COLUMNS = List.of(
            Column.of("started with", Way::name),
            Column.of("starts", way -> way.starts.size()),
            Column.of("machine", way -> way.median(ColdPhase.MACHINE)),
            Column.of("vocabulary", way -> way.median(ColdPhase.VOCABULARY)),
            Column.of("warm-up", way -> way.median(ColdPhase.WARM_UP)),
            Column.of("output", way -> way.median(ColdPhase.OUTPUT)),
            Column.of("first mask", way -> way.median(ColdPhase.FIRST_MASK)),
            Column.of("all to the first mask", way -> way.median(ColdResult::toFirstMask)),
            Column.of("slowest", Way::slowest),
            Column.of("more masks", way -> way.median(ColdPhase.MORE_MASKS)),
            Column.of("processor", way -> way.median(ColdPhase.PROCESSOR)),
            Column.of("trie nodes", way -> Math.round(way.median(start -> start.nodes()))));

    /**
     * The view.
     *
     * @param setting what was run, in words
     * @param sizes of what was prepared, in words
     */
    public View view(String setting, String sizes) {
        View view = new View("Cold starts", setting).text(sizes);
        StringBuilder terminal = new StringBuilder();
        by(ColdResult::schema, results).forEach((schema, starts) -> {
            List<Way> ways = by(ColdResult::variant, starts).entrySet().stream()
                    .map(way -> new Way(way.getKey(), way.getValue()))
                    .toList();
            Table table = Table.of(schema + ": medians in ms", COLUMNS, ways);
            view.onPage(table).member(schema, ways.stream().collect(Collectors.toMap(Way::name, Way::members)));
            terminal.append(terminal.isEmpty() ? "" : System.lineSeparator()).append(table);
        });
        return view.onTerminal(terminal + sizes);
    }

    private static Map<String, List<ColdResult>> by(Function<ColdResult, String> name, List<ColdResult> starts) {
        return starts.stream().collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()));
    }
}
