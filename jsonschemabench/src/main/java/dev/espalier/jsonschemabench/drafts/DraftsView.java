// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.drafts;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.LineChart;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What is shown of drafts: accepted tokens a pass, and speed, by kind, length, texts at a time, with and without a grammar.
 *
 * @param results of all ways
 * @param prices what passes cost, if that was measured
 */
record DraftsView(List<DraftResult> results, Optional<PassPrices> prices) {

    DraftsView {
        results = results.stream()
                .sorted(Comparator.comparing(DraftResult::grammar)
                        .reversed()
                        .thenComparing(DraftResult::batch)
                        .thenComparing(DraftResult::kind)
                        .thenComparing(DraftResult::length))
                .toList();
    }

    /** How many times faster a way is than decoding without drafts of the same batch; 1 if that was not measured. */
    double gain(DraftResult result) {
        return results.stream()
                .filter(each ->
                        each.length() == 0 && each.batch() == result.batch() && each.grammar() == result.grammar())
                .findFirst()
                .map(result::timesFaster)
                .orElse(1.0);
    }

    private List<Column<DraftResult>> columns() {
        return List.of(
                Column.of("drafts", DraftResult::drafts),
                Column.of("texts at a time", DraftResult::batch),
                Column.of("length", DraftResult::length),
                Column.of("passes", DraftResult::passes),
                Column.of("tokens a pass of a text", "%.2f", DraftResult::tokensPerPass),
                Column.of("accepted of them", "%.2f", DraftResult::acceptedPerPass),
                Column.of("guesses that were right", result -> Table.percent(result.accepted(), result.drafted())),
                Column.of("tokens/s", DraftResult::speed),
                Column.of("times faster", "%.2f", this::gain),
                Column.of("texts that differ", DraftResult::differing));
    }

    /** The view, with what was run in words. */
    View view(String setting) {
        View view = new View("What drafts save", setting)
                .text(
                        "Tokens are guessed and read in one pass with the token before. Each token is then drawn as without guesses, and its"
                                + " logits are there already if it was guessed. Prompt: copied from the prompt or the text. Model: where nothing can"
                                + " be copied, a smaller model writes them. Recycled: where nothing can be copied, the likeliest tokens of"
                                + " earlier steps. Length: the most tokens of a guess; with many texts at a time there is less room. All ways"
                                + " take turns in each round; figures of time are medians of the rounds, ratios are of neighbours in time.");
        prices.ifPresent(each -> tell(each, view));
        section(true, view);
        section(false, view);
        List<Object> members = new ArrayList<>();
        results.forEach(each -> members.add(Map.of(
                "id", each.id(),
                "tokens_per_second", each.speed(),
                "times_faster", gain(each),
                "accepted_per_pass", each.acceptedPerPass())));
        prices.ifPresent(each -> view.member("token_price", each.token()).member("model_price", each.draft()));
        return view.member("ways", members);
    }

    private static void tell(PassPrices each, View view) {
        each.tokens()
                .forEach((tokens, price) -> view.figure(
                        "a pass over " + tokens + " tokens, in passes over one",
                        String.format(Locale.ROOT, "%.2f", price)));
        view.figure("price of a drafted token (--token-price)", String.format(Locale.ROOT, "%.3f", each.token()));
        if (each.draft() > 0) {
            view.figure(
                    "price of a token of the draft model (--model-price)",
                    String.format(Locale.ROOT, "%.3f", each.draft()));
        }
    }

    private void section(boolean grammar, View view) {
        List<DraftResult> some =
                results.stream().filter(each -> each.grammar() == grammar).toList();
        String where = grammar ? "With a grammar" : "Without a grammar";
        if (!some.isEmpty()) {
            view.section(where)
                    .chart(chart(where + ": times faster", "×", some, this::gain))
                    .chart(chart(
                            where + ": accepted tokens a pass of a text", "tokens", some, DraftResult::acceptedPerPass))
                    .table(Table.of(where, columns(), some));
        }
    }

    private static LineChart chart(
            String title, String upward, List<DraftResult> some, ToDoubleFunction<DraftResult> figure) {
        LineChart chart = LineChart.plain(title, "By the most tokens of a draft.", "length", upward);
        for (DraftResult each : some) {
            if (each.length() > 0) {
                chart.add(
                        each.drafts() + ", " + each.batch() + " at a time", each.length(), figure.applyAsDouble(each));
            }
        }
        return chart;
    }
}
