package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the constraint costs and saves, by model, batch and way of decoding. Immutable. */
public final class EndToEndSummary implements Summary {

    private static final double MEGA = 1e6;

    private final List<EndToEndResult> results;

    EndToEndSummary(List<EndToEndResult> all) {
        results = all.stream()
                .sorted(Comparator.comparing(EndToEndResult::vocabulary)
                        .thenComparing(EndToEndResult::model)
                        .thenComparing(EndToEndResult::batch)
                        .thenComparing(EndToEndResult::way))
                .toList();
    }

    /** All results, by vocabulary, model, batch and way. */
    List<EndToEndResult> results() {
        return results;
    }

    /** The models, by vocabulary. */
    List<String> models() {
        return results.stream().map(EndToEndResult::model).distinct().toList();
    }

    /** The result of the same model and batch in another way; its own if there is none. */
    EndToEndResult other(EndToEndResult result, Way way) {
        return results.stream()
                .filter(each -> each.way() == way
                        && each.batch() == result.batch()
                        && each.model().equals(result.model()))
                .findFirst()
                .orElse(result);
    }

    /** For each round a figure of a result by that of the free loop. */
    List<Double> ratios(EndToEndResult result, Function<EndToEndResult, List<Double>> figure) {
        List<Double> own = figure.apply(result);
        List<Double> free = figure.apply(other(result, Way.FREE));
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(own.size(), free.size()); round++) {
            if (free.get(round) > 0) {
                ratios.add(own.get(round) / free.get(round));
            }
        }
        return ratios;
    }

    /** What a way costs more a token than the free loop, in percent: the median of the rounds. */
    double overhead(EndToEndResult result) {
        return 100 * (EndToEndResult.median(ratios(result, EndToEndResult::stepped)) - 1);
    }

    /** How long a text takes by how long it takes the free loop: the median of the rounds. */
    double textRatio(EndToEndResult result) {
        return EndToEndResult.median(ratios(result, EndToEndResult::total));
    }

    /** Times per token, and what they are made of. */
    Table tokens() {
        Table table = Table.of(
                "Time per token after the prompt, in ms; medians of the rounds. Masks are computed beside the pass, except"
                        + " where they wait for it",
                "model, batch, way",
                "rounds",
                "step medians",
                "a token",
                "to free",
                "least",
                "most",
                "CPU to free",
                "pass",
                "waiting",
                "choosing",
                "rest",
                "mask");
        for (EndToEndResult result : results) {
            if (result.way() != Way.FORCED) {
                List<Double> ratios = ratios(result, EndToEndResult::stepped);
                table = table.row(
                        name(result),
                        result.stepped().size(),
                        millis(result.step()),
                        millis(EndToEndResult.median(result.stepped())),
                        percent(overhead(result)),
                        percent(100 * (least(ratios) - 1)),
                        percent(100 * (most(ratios) - 1)),
                        percent(100 * (EndToEndResult.median(ratios(result, EndToEndResult::cpu)) - 1)),
                        millis(EndToEndResult.median(result.forward())),
                        millis(EndToEndResult.median(result.waiting())),
                        millis(EndToEndResult.median(result.choosing())),
                        millis(rest(result)),
                        millis(EndToEndResult.median(result.mask())));
            }
        }
        return table;
    }

    /** Times per text, and what forced text saves. */
    Table texts() {
        Table table = Table.of(
                "Time per text, its prompt of " + Dictation.PROMPT + " tokens included, in ms; medians of the rounds",
                "model, batch, way",
                "texts",
                "tokens",
                "forced",
                "forced %",
                "passes",
                "a text",
                "to free",
                "least",
                "most");
        for (EndToEndResult result : results) {
            List<Double> ratios = ratios(result, EndToEndResult::total);
            table = table.row(
                    name(result),
                    result.texts(),
                    result.tokens(),
                    result.forced(),
                    100.0 * result.forced() / Math.max(1, result.tokens()),
                    result.passes(),
                    millis(EndToEndResult.median(result.total())),
                    percent(100 * (textRatio(result) - 1)),
                    percent(100 * (least(ratios) - 1)),
                    percent(100 * (most(ratios) - 1)));
        }
        return table;
    }

    /** What is neither pass nor waiting nor choosing, per token. */
    static double rest(EndToEndResult result) {
        List<Double> rest = new ArrayList<>();
        for (int round = 0; round < result.stepped().size(); round++) {
            rest.add(Math.max(
                    0,
                    result.stepped().get(round)
                            - result.forward().get(round)
                            - result.waiting().get(round)
                            - result.choosing().get(round)));
        }
        return EndToEndResult.median(rest);
    }

    static String name(EndToEndResult result) {
        return result.model() + ", " + result.batch() + ", " + result.way().label();
    }

    private static double least(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
    }

    private static double most(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    }

    private static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / MEGA);
    }

    /** A difference in percent with its sign. */
    static String percent(double value) {
        return String.format(Locale.ROOT, "%+.1f %%", value);
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        for (EndToEndResult result : results) {
            ObjectNode one = node.withArray("ways").addObject();
            one.put("model", result.model()).put("vocabulary", result.vocabulary());
            one.put("batch", result.batch()).put("way", result.way().label());
            one.put("rounds", result.stepped().size());
            one.put("tokens", result.tokens())
                    .put("forced_tokens", result.forced())
                    .put("passes", result.passes());
            one.put("token_us", EndToEndResult.median(result.stepped()) / 1000);
            one.put("overhead_percent", overhead(result));
            one.put("text_us", EndToEndResult.median(result.total()) / 1000);
            one.put("text_ratio", textRatio(result));
            one.put("mask_us", EndToEndResult.median(result.mask()) / 1000);
            one.put("waiting_us", EndToEndResult.median(result.waiting()) / 1000);
            one.put("choosing_us", EndToEndResult.median(result.choosing()) / 1000);
            one.put("rest_us", rest(result) / 1000);
        }
        return node;
    }

    @Override
    public String toString() {
        return tokens() + System.lineSeparator() + texts();
    }
}
