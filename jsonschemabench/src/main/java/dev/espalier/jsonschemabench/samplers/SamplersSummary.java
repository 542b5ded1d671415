package dev.espalier.jsonschemabench.samplers;

import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Results by case, sampler and number of calls. Immutable once made. */
public final class SamplersSummary implements Summary {

    private final Map<String, List<SamplerResult>> cases = new LinkedHashMap<>();

    /**
     * A summary.
     *
     * @param names cases in the order in which they are shown; what other cases have is left out
     */
    SamplersSummary(List<String> names, List<SamplerResult> results) {
        for (String name : names) {
            List<SamplerResult> some = results.stream()
                    .filter(result -> result.language().equals(name))
                    .sorted(Comparator.comparing(SamplerResult::sampler).thenComparing(SamplerResult::budget))
                    .toList();
            if (!some.isEmpty()) {
                cases.put(name, some);
            }
        }
    }

    /** The results of each case, by sampler and number of calls. */
    Map<String, List<SamplerResult>> cases() {
        return cases;
    }

    /** How far each sampler is off in a case, for each number of calls; then more about the most calls. */
    Table table(String name) {
        List<SamplerResult> results = cases.getOrDefault(name, List.of());
        TreeSet<Integer> budgets = new TreeSet<>();
        results.forEach(result -> budgets.add(result.budget()));
        List<String> columns = new ArrayList<>(List.of("sampler", "guarantee"));
        budgets.forEach(budget -> columns.add(String.valueOf(budget)));
        columns.addAll(List.of("Ẑ/Z", "±", "samples", "accepted", "checks", "ms"));
        Table table = new Table(caption(name, results), columns);
        for (Contender sampler : Contender.values()) {
            Map<Integer, SamplerResult> own = new LinkedHashMap<>();
            results.stream()
                    .filter(result -> result.sampler() == sampler)
                    .forEach(result -> own.put(result.budget(), result));
            if (!own.isEmpty()) {
                table = table.row(row(sampler, budgets, own).toArray());
            }
        }
        return table;
    }

    private static List<Object> row(Contender sampler, TreeSet<Integer> budgets, Map<Integer, SamplerResult> own) {
        List<Object> cells = new ArrayList<>(
                List.of(sampler.label(), sampler.guarantee().name().toLowerCase(Locale.ROOT)));
        SamplerResult last = own.values().iterator().next();
        for (int budget : budgets) {
            SamplerResult result = own.get(budget);
            cells.add(result == null ? "-" : number(result.error()));
            last = result == null ? last : result;
        }
        Figure evidence = last.relativeEvidence();
        cells.add(evidence.isKnown() ? decimals(evidence.mean(), 3) : "-");
        cells.add(evidence.isKnown() ? decimals(evidence.error(), 3) : "-");
        cells.add(last.samples().mean());
        cells.add(last.acceptance().isKnown() ? Table.percent(last.acceptance().mean(), 1) : "-");
        cells.add(Math.round(last.predicateCalls().mean()));
        cells.add(last.millis().mean());
        return cells;
    }

    /** What the figures of a case are. */
    static String caption(String name, List<SamplerResult> results) {
        boolean isExact = results.stream().anyMatch(result -> result.exact().isPresent());
        String what = isExact
                ? ": KL divergence (nats) from the exact law"
                : ": distance (TV) of two estimates from each other, the exact law being unknown";
        return name + what + ", by calls; the rest at the most calls";
    }

    private static String number(Figure figure) {
        return figure.isKnown() ? decimals(figure.mean(), 5) : "-";
    }

    private static String decimals(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** All figures of a case. */
    Table details(String name) {
        Table table = Table.of(
                "All figures: means and standard errors over repetitions",
                "sampler",
                "guarantee",
                "calls allowed",
                "calls",
                "repetitions with a text",
                "KL",
                "± KL",
                "TV",
                "± TV",
                "TV of two",
                "Ẑ/Z",
                "± Ẑ/Z",
                "samples",
                "accepted",
                "checks",
                "ms");
        for (SamplerResult result : cases.getOrDefault(name, List.of())) {
            Figure evidence = result.relativeEvidence();
            int found = result.exact().isPresent() ? result.divergence().count() : result.repetitions();
            table = table.row(
                    result.sampler().label(),
                    result.sampler().guarantee().name().toLowerCase(Locale.ROOT),
                    result.budget(),
                    result.calls().mean(),
                    found + " of " + result.repetitions(),
                    number(result.divergence()),
                    number(result.divergence().isKnown() ? error(result.divergence()) : result.divergence()),
                    number(result.distance()),
                    number(error(result.distance())),
                    number(result.disagreement()),
                    number(evidence),
                    number(error(evidence)),
                    result.samples().mean(),
                    result.acceptance().isKnown()
                            ? Table.percent(result.acceptance().mean(), 1)
                            : "-",
                    Math.round(result.predicateCalls().mean()),
                    result.millis().mean());
        }
        return table;
    }

    private static Figure error(Figure figure) {
        return new Figure(figure.error(), 0, figure.count());
    }

    /** {@code {"cases": {name: {sampler: {calls: {"kl" or "tv_between_two", "evidence_ratio"}}}}}}. */
    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        ObjectNode byCase = node.putObject("cases");
        cases.forEach((name, results) -> {
            ObjectNode bySampler = byCase.putObject(name);
            for (SamplerResult result : results) {
                ObjectNode figures = bySampler
                        .withObject(result.sampler().labelWithGuarantee())
                        .putObject(String.valueOf(result.budget()));
                if (result.error().isKnown()) {
                    figures.put(
                            result.exact().isPresent() ? "kl" : "tv_between_two",
                            result.error().mean());
                }
                if (result.relativeEvidence().isKnown()) {
                    figures.put("evidence_ratio", result.relativeEvidence().mean());
                }
            }
        });
        return node;
    }

    /** A table a case, for a terminal. */
    @Override
    public String toString() {
        return String.join(
                System.lineSeparator(),
                cases.keySet().stream().map(name -> table(name).toString()).toList());
    }
}
