package dev.espalier.jsonschemabench.languages;

import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What tokens of languages cost, beside those of JSON. Immutable. */
public final class LanguagesSummary implements Summary {

    private final List<LanguageResult> results;

    LanguagesSummary(List<LanguageResult> all) {
        results = all.stream()
                .sorted(Comparator.comparing(LanguageResult::language))
                .toList();
    }

    List<LanguageResult> results() {
        return results;
    }

    /** Texts that were not read to their ends. */
    public int failed() {
        return (int) results.stream()
                .filter(result -> result.end() != LanguageResult.End.READ)
                .count();
    }

    /** How many times as long a token takes as one of JSON, on average; empty if JSON was not read. */
    Optional<Double> ratio(LanguageResult result) {
        return results.stream()
                .filter(one -> one.language() == Language.JSON && one.steps().count() > 0)
                .findFirst()
                .map(json -> result.steps().mean() / json.steps().mean());
    }

    /** Times of tokens. */
    Table times() {
        Table table = Table.of(
                "Mask and commit of a token, in µs",
                "",
                "characters",
                "tokens",
                "compile, ms",
                "first mask, ms",
                "mean",
                "p50",
                "p99",
                "p99.9",
                "max",
                "of JSON's mean");
        for (LanguageResult result : results) {
            LatencyHistogram steps = result.steps();
            table = table.row(
                    name(result),
                    result.characters(),
                    result.read(),
                    result.compileNanos() / 1e6,
                    result.firstMaskNanos() / 1e6,
                    micros(steps.mean()),
                    micros(steps.percentile(50)),
                    micros(steps.percentile(99)),
                    micros(steps.percentile(99.9)),
                    micros(steps.max()),
                    ratio(result)
                            .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                            .orElse("-"));
        }
        return table;
    }

    /** Times by where in the text. */
    Table positions() {
        List<String> columns = new ArrayList<>(List.of(""));
        for (int part = 1; part <= TextReading.PARTS; part++) {
            columns.add(part + "/" + TextReading.PARTS);
        }
        Table table = new Table("Mean of mask and commit in each tenth of the text, in µs", columns);
        for (LanguageResult result : results) {
            List<Object> cells = new ArrayList<>(List.of(result.language().label()));
            for (int part = 0; part < TextReading.PARTS; part++) {
                cells.add(result.parts().isEmpty() ? "-" : micros(1000 * result.micros(part)));
            }
            table = table.row(cells.toArray());
        }
        return table;
    }

    /** What no clock is asked for. */
    Table counts() {
        Table table = Table.of(
                "Counted: trie nodes, bytes, sets of stacks",
                "",
                "nodes a token",
                "nodes, most",
                "nodes, last tenth",
                "allocated a token",
                "… last tenth",
                "held, MB",
                "held a character, second half",
                "tops, mean",
                "tops, most",
                "sets, most",
                "sets at the end");
        for (LanguageResult result : results) {
            table = table.row(
                    result.language().label(),
                    perToken(result, LanguageResult.Part::nodes, 0),
                    result.mostNodes(),
                    perToken(result, LanguageResult.Part::nodes, TextReading.PARTS - 1),
                    perToken(result, LanguageResult.Part::allocated, 0),
                    perToken(result, LanguageResult.Part::allocated, TextReading.PARTS - 1),
                    (result.heapFirstHalf() + result.heapSecondHalf()) / 1e6,
                    result.heapSecondHalf() / Math.max(1.0, result.characters() / 2.0),
                    String.format(Locale.ROOT, "%.2f", result.stacks().meanTops()),
                    result.stacks().mostTops(),
                    result.stacks().nodes(),
                    result.stacks().lastNodes());
        }
        return table;
    }

    private static double perToken(
            LanguageResult result, java.util.function.ToLongFunction<LanguageResult.Part> figure, int from) {
        long sum = 0;
        long tokens = 0;
        for (int part = from; part < result.parts().size(); part++) {
            sum += figure.applyAsLong(result.parts().get(part));
            tokens += result.parts().get(part).tokens();
        }
        return (double) sum / Math.max(1, tokens);
    }

    private static String micros(double nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1000);
    }

    private static String name(LanguageResult result) {
        return result.language().label() + " (" + result.origin() + ")";
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("languages", results.size()).put("failed", failed());
        for (LanguageResult result : results) {
            ObjectNode one = node.withArray("texts").addObject();
            one.put("language", result.language().label()).put("origin", result.origin());
            one.put("end", result.end().name().toLowerCase(Locale.ROOT));
            one.put("characters", result.characters()).put("tokens", result.tokens());
            one.put("compile_us", result.compileNanos() / 1000.0);
            one.set("step_us", result.steps().figures());
            ratio(result).ifPresent(ratio -> one.put("ratio_to_json", ratio));
        }
        return node;
    }

    /** The tables for a terminal, and every text that was not read to its end. */
    @Override
    public String toString() {
        String end = System.lineSeparator();
        StringBuilder text = new StringBuilder();
        for (Table table : Arrays.asList(times(), positions(), counts())) {
            text.append(text.length() == 0 ? "" : end).append(table);
        }
        for (LanguageResult result : results) {
            if (result.end() != LanguageResult.End.READ) {
                text.append(end).append(why(result)).append(end);
            }
        }
        return text.toString();
    }

    static String why(LanguageResult result) {
        return name(result) + ": " + result.reasons().get(0).keyword() + ": "
                + result.reasons().get(0).reason();
    }
}
