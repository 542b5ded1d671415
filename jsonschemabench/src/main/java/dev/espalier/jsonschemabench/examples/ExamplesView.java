// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.examples;

import dev.espalier.jsonschemabench.hard.HardResult;
import dev.espalier.jsonschemabench.hard.HardResult.End;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is shown of example grammars: what masks cost, beside those of JSON.
 *
 * @param results a result a grammar
 * @param peers what was written for other engines
 */
record ExamplesView(List<HardResult> results, List<PeerCases> peers) {

    private static final String JSON = "json";
    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;

    private static final List<Column<HardResult>> FAILURES = List.of(
            Column.of("grammar", HardResult::id),
            Column.of("end", each -> each.end().name().toLowerCase(Locale.ROOT)),
            Column.of(
                    "reason",
                    each -> each.reasons().stream().map(Reason::reason).findFirst().orElse("")));

    /** The view, with what was run in words. */
    View view(String setting) {
        List<HardResult> failed =
                results.stream().filter(each -> each.end() != End.READ).toList();
        View view = new View("What masks of example grammars cost", setting)
                .text("Each valid text is read token by token, the grammar compiled anew with empty caches before each run.")
                .section("Times")
                .table(Table.of("Masks, in µs; compilation and first mask, from the text of the grammar", times(), results))
                .section("Grammars that were not read to the end")
                .count(failed.size(), Integer.MAX_VALUE)
                .table(Table.of("", FAILURES, failed))
                .section("Cases for other engines");
        for (PeerCases peer : peers) {
            view.text(peer.peer() + ": " + peer.cases().size() + " grammars written"
                    + (peer.refusals().isEmpty() ? "." : "; not " + String.join("; ", peer.refusals())));
        }
        return view.onTerminal(results.size() - failed.size() + " of " + results.size() + " grammars were read")
                .member("grammars", results.size())
                .member("failed", failed.size())
                .wrong(!failed.isEmpty());
    }

    private List<Column<HardResult>> times() {
        return List.of(
                Column.of("grammar", HardResult::id),
                Column.of("tokens", each -> each.times().mask().count()),
                Column.of("compile ms", "%.2f", each -> each.compile() / MILLI),
                Column.of("first mask ms", "%.2f", each -> each.firstMask() / MILLI),
                Column.of("mean", "%.2f", each -> each.times().mask().mean() / MICRO),
                Column.of("p50", "%.2f", each -> each.times().mask().percentile(50) / MICRO),
                Column.of("p99", each -> each.times().mask().percentile(99) / MICRO),
                Column.of("max", each -> each.times().mask().max() / MICRO),
                Column.of("again", "%.2f", each -> each.times().again().mean() / MICRO),
                Column.of("times JSON's", each -> timesJson(each)
                        .map(ratio -> String.format(Locale.ROOT, "%.1f", ratio))
                        .orElse("")));
    }

    /** How many times as long a mask takes as one of JSON, on average; empty if JSON was not read. */
    private Optional<Double> timesJson(HardResult result) {
        return results.stream()
                .filter(one -> one.id().equals(JSON) && one.times().mask().count() > 0)
                .map(json -> result.times().mask().mean() / json.times().mask().mean())
                .findFirst();
    }
}
