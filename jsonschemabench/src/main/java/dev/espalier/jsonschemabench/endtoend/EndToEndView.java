// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.jsonschemabench.report.BarChart;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is shown of the constraint from end to end: what it costs and saves, by model, batch and way of decoding.
 *
 * @param results of all ways
 */
public record EndToEndView(List<EndToEndResult> results) {

    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;

    /** A difference in percent with its sign. */
    private static final String PERCENT = "%+.1f %%";

    /** Sorts results. */
    public EndToEndView {
        results = results.stream()
                .sorted(Comparator.comparing(EndToEndResult::vocabulary)
                        .thenComparing(EndToEndResult::model)
                        .thenComparing(EndToEndResult::batch)
                        .thenComparing(EndToEndResult::way))
                .toList();
    }

    /** For each round a figure of a result by that of the free loop of the same model and batch; by its own if there is none. */
    List<Double> ratios(EndToEndResult result, Function<EndToEndResult, List<Double>> figure) {
        EndToEndResult loop = results.stream()
                .filter(each -> each.way() == Way.FREE
                        && each.batch() == result.batch()
                        && each.model().equals(result.model()))
                .findFirst()
                .orElse(result);
        List<Double> own = figure.apply(result);
        List<Double> free = figure.apply(loop);
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
    private double textRatio(EndToEndResult result) {
        return EndToEndResult.median(ratios(result, EndToEndResult::total));
    }

    /** The view, with what was run in words. */
    public View view(String setting) {
        View view = new View("What the constraint costs and saves, from end to end", setting)
                .text(
                        "Every way of decoding writes the same texts with the same model, token by token: the model computes all"
                                + " its logits, of which one is raised so that the dictated text comes of it. Free: a plain greedy loop that"
                                + " knows no constraint. Masked: the mask of each token is computed while the forward pass runs. Weighed: the log"
                                + " probability of each token is told, too, which takes an exponential for every id. Mask after pass:"
                                + " the same on one thread, one after the other. Cold: every round begins without any mask. Forced text:"
                                + " what can only come next is committed in canonical tokens and read in one pass. All ways take turns; ratios"
                                + " are of neighbours in time.");
        for (EndToEndResult result : results) {
            String where = result.model() + ", " + result.batch() + " at a time: ";
            if (result.way() == Way.MASKED) {
                view.figure(where + "a token to free", String.format(Locale.ROOT, PERCENT, overhead(result)));
            } else if (result.way() == Way.FORCED) {
                view.figure(
                        where + "a text with forced text",
                        String.format(Locale.ROOT, "%.2f times free", textRatio(result)));
            }
        }
        view.section("Time per token")
                .table(Table.of(
                        "Time per token after the prompt, in ms; medians of the rounds. Masks are computed beside the pass, except"
                                + " where they wait for it",
                        tokens(),
                        some(result -> result.way() != Way.FORCED)));
        List<String> models =
                results.stream().map(EndToEndResult::model).distinct().toList();
        models.forEach(model -> view.chart(shares(model)));
        view.section("Time per text, and forced text")
                .table(Table.of(
                        "Time per text, its prompt of " + Dictation.PROMPT
                                + " tokens included, in ms; medians of the rounds",
                        texts(),
                        results));
        models.forEach(model -> view.chart(texts(model)));
        return view.member(
                "ways",
                results.stream()
                        .map(result -> Column.members(members(), result))
                        .toList());
    }

    private List<EndToEndResult> some(Predicate<EndToEndResult> which) {
        return results.stream().filter(which).toList();
    }

    /** Times per token, and what they are made of. */
    private List<Column<EndToEndResult>> tokens() {
        return List.of(
                Column.of("model, batch, way", EndToEndView::name),
                Column.of("rounds", each -> each.stepped().size()),
                Column.of("step medians", "%.3f", each -> each.step() / MILLI),
                millis("a token", EndToEndResult::stepped),
                Column.of("to free", PERCENT, this::overhead),
                Column.of("least", PERCENT, each -> least(ratios(each, EndToEndResult::stepped))),
                Column.of("most", PERCENT, each -> most(ratios(each, EndToEndResult::stepped))),
                Column.of(
                        "CPU to free",
                        PERCENT,
                        each -> 100 * (EndToEndResult.median(ratios(each, EndToEndResult::cpu)) - 1)),
                millis("pass", EndToEndResult::forward),
                millis("waiting", EndToEndResult::waiting),
                millis("choosing", EndToEndResult::choosing),
                millis("rest", EndToEndResult::rest),
                millis("mask", EndToEndResult::mask));
    }

    /** Times per text, and what forced text saves. */
    private List<Column<EndToEndResult>> texts() {
        return List.of(
                Column.of("model, batch, way", EndToEndView::name),
                Column.of("texts", EndToEndResult::texts),
                Column.of("tokens", EndToEndResult::tokens),
                Column.of("forced", EndToEndResult::forced),
                Column.of("forced %", each -> 100.0 * each.forced() / Math.max(1, each.tokens())),
                Column.of("passes", EndToEndResult::passes),
                millis("a text", EndToEndResult::total),
                Column.of("to free", PERCENT, each -> 100 * (textRatio(each) - 1)),
                Column.of("least", PERCENT, each -> least(ratios(each, EndToEndResult::total))),
                Column.of("most", PERCENT, each -> most(ratios(each, EndToEndResult::total))));
    }

    private List<Column<EndToEndResult>> members() {
        return List.of(
                Column.member("model", EndToEndResult::model),
                Column.member("vocabulary", EndToEndResult::vocabulary),
                Column.member("batch", EndToEndResult::batch),
                Column.member("way", EndToEndResult::way),
                Column.member("rounds", each -> each.stepped().size()),
                Column.member("tokens", EndToEndResult::tokens),
                Column.member("forced_tokens", EndToEndResult::forced),
                Column.member("passes", EndToEndResult::passes),
                micros("token_us", EndToEndResult::stepped),
                Column.member("overhead_percent", this::overhead),
                micros("text_us", EndToEndResult::total),
                Column.member("text_ratio", this::textRatio),
                micros("mask_us", EndToEndResult::mask),
                micros("waiting_us", EndToEndResult::waiting),
                micros("choosing_us", EndToEndResult::choosing),
                micros("rest_us", EndToEndResult::rest));
    }

    private static Column<EndToEndResult> millis(String header, Function<EndToEndResult, List<Double>> figure) {
        return Column.of(header, "%.3f", each -> EndToEndResult.median(figure.apply(each)) / MILLI);
    }

    private static Column<EndToEndResult> micros(String name, Function<EndToEndResult, List<Double>> figure) {
        return Column.member(name, each -> EndToEndResult.median(figure.apply(each)) / MICRO);
    }

    private static String name(EndToEndResult result) {
        return result.model() + ", " + result.batch() + ", " + result.way();
    }

    /** The least of some ratios, as a difference in percent. */
    private static double least(List<Double> ratios) {
        return 100 * (ratios.stream().mapToDouble(Double::doubleValue).min().orElse(1) - 1);
    }

    private static double most(List<Double> ratios) {
        return 100 * (ratios.stream().mapToDouble(Double::doubleValue).max().orElse(1) - 1);
    }

    private BarChart shares(String model) {
        BarChart chart = BarChart.shares(
                "Where the time of a token goes: " + model,
                "After the prompt; counts are µs per token, rounded up.",
                "forward pass:good",
                "waiting for the mask:bad",
                "choosing and accepting:fine",
                "rest:muted");
        some(result -> result.way() != Way.FORCED && result.model().equals(model))
                .forEach(result -> chart.add(
                        bar(result),
                        micros(result.forward()),
                        micros(result.waiting()),
                        micros(result.choosing()),
                        micros(result.rest())));
        return chart;
    }

    private BarChart texts(String model) {
        BarChart chart = BarChart.counts("Time per text: " + model, "Microseconds, the prompt included.", "µs");
        some(result -> result.model().equals(model)).forEach(result -> chart.add(bar(result), micros(result.total())));
        return chart;
    }

    private static String bar(EndToEndResult result) {
        return result.batch() + " at a time, " + result.way();
    }

    private static long micros(List<Double> nanos) {
        return (long) Math.ceil(EndToEndResult.median(nanos) / MICRO);
    }
}
