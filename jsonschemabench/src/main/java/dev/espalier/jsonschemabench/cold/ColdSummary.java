package dev.espalier.jsonschemabench.cold;

import dev.espalier.jsonschemabench.report.ReportPage;
import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Starts by schema and way, each part by its median. */
public final class ColdSummary implements Summary {

    private final List<ColdResult> results;
    private final String sizes;

    ColdSummary(List<ColdResult> results, String sizes) {
        this.results = List.copyOf(results);
        this.sizes = sizes;
    }

    private Map<String, Map<String, List<ColdResult>>> groups() {
        return results.stream()
                .collect(Collectors.groupingBy(
                        ColdResult::schema,
                        LinkedHashMap::new,
                        Collectors.groupingBy(ColdResult::variant, LinkedHashMap::new, Collectors.toList())));
    }

    private static double median(List<ColdResult> starts, ToDoubleFunction<ColdResult> figure) {
        double[] sorted = starts.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double median(List<ColdResult> starts, ColdPhase phase) {
        return median(starts, start -> start.millis().getOrDefault(phase, 0.0));
    }

    private List<Table> tables() {
        return groups().entrySet().stream()
                .map(schema -> table(schema.getKey(), schema.getValue()))
                .toList();
    }

    private static Table table(String schema, Map<String, List<ColdResult>> ways) {
        Table table = Table.of(
                schema + ": medians in ms",
                "started with",
                "starts",
                "machine",
                "vocabulary",
                "warm-up",
                "output",
                "first mask",
                "all to the first mask",
                "slowest",
                "more masks",
                "processor",
                "trie nodes");
        for (Map.Entry<String, List<ColdResult>> way : ways.entrySet()) {
            List<ColdResult> starts = way.getValue();
            table = table.row(
                    way.getKey(),
                    starts.size(),
                    median(starts, ColdPhase.MACHINE),
                    median(starts, ColdPhase.VOCABULARY),
                    median(starts, ColdPhase.WARM_UP),
                    median(starts, ColdPhase.OUTPUT),
                    median(starts, ColdPhase.FIRST_MASK),
                    median(starts, ColdResult::toFirstMask),
                    starts.stream().mapToDouble(ColdResult::toFirstMask).max().orElse(0),
                    median(starts, ColdPhase.MORE_MASKS),
                    median(starts, ColdPhase.PROCESSOR),
                    Math.round(median(starts, start -> start.nodes())));
        }
        return table;
    }

    /** The tables as a page. */
    public ReportPage page(String setting) {
        ReportPage page = new ReportPage("Cold starts").text(setting).text(sizes);
        tables().forEach(page::table);
        return page;
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        groups().forEach((schema, ways) -> ways.forEach((way, starts) -> {
            ObjectNode one = node.withObject("/" + schema.replace("~", "~0").replace("/", "~1"))
                    .putObject(way);
            one.put("starts", starts.size()).put("toFirstMask", median(starts, ColdResult::toFirstMask));
            for (ColdPhase phase : ColdPhase.values()) {
                one.put(phase.toString(), median(starts, phase));
            }
        }));
        return node;
    }

    @Override
    public String toString() {
        return tables().stream().map(Table::toString).collect(Collectors.joining(System.lineSeparator()))
                + sizes
                + System.lineSeparator();
    }
}
