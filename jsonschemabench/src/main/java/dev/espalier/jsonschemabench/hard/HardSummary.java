package dev.espalier.jsonschemabench.hard;

import dev.espalier.jsonschemabench.hard.HardResult.End;
import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Figures of hard cases beside their targets.
 *
 * @param results a result a case
 */
public record HardSummary(List<HardResult> results) implements Summary {

    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;

    /** Copies the list. */
    public HardSummary {
        results = List.copyOf(results);
    }

    /** How many cases keep to all targets. */
    int kept() {
        return (int) results.stream().filter(each -> each.misses().isEmpty()).count();
    }

    /** The cases that did not end as they should. */
    List<HardResult> failures() {
        return results.stream().filter(each -> each.end() != End.READ).toList();
    }

    /** How many cases failed or were refused. */
    public int failed() {
        return (int) results.stream()
                .filter(each -> each.end() == End.FAILED || each.end() == End.REFUSED)
                .count();
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("cases", results.size()).put("on_target", kept()).put("failed", failed());
        node.set("mask_us", all().figures());
        ObjectNode misses = node.putObject("misses");
        results.forEach(each -> {
            if (!each.misses().isEmpty()) {
                each.misses().forEach(misses.putArray(each.id())::add);
            }
        });
        return node;
    }

    /** The masks of all cases together. */
    LatencyHistogram all() {
        LatencyHistogram all = new LatencyHistogram();
        results.forEach(each -> all.add(each.mask()));
        return all;
    }

    /** Times, one case a row, the targets last. */
    Table times() {
        Table table = Table.of(
                "Times (ms, µs): each step's least of several runs, with a new grammar and an empty store; again: with a"
                        + " grammar that has read the texts",
                "case",
                "tokens",
                "compile ms",
                "first mask ms",
                "mask µs",
                "p50",
                "p99",
                "max",
                "commit µs",
                "again µs",
                "again max",
                "misses");
        for (HardResult each : results) {
            LatencyHistogram mask = each.mask();
            table = table.row(
                    each.id(),
                    mask.count(),
                    two(each.compile() / MILLI),
                    two(each.firstMask() / MILLI),
                    two(mask.mean() / MICRO),
                    mask.percentile(50) / MICRO,
                    mask.percentile(99) / MICRO,
                    mask.max() / MICRO,
                    two(each.commit().mean() / MICRO),
                    two(each.again().mean() / MICRO),
                    each.again().max() / MICRO,
                    String.join(", ", each.misses()));
        }
        return table.row(
                "target",
                "",
                two(Targets.COMPILE / MILLI),
                "",
                two(Targets.MASK_MEAN / MICRO),
                "",
                "",
                Targets.MASK_MAX / MICRO,
                "",
                "",
                "",
                "");
    }

    /** What masks visit and keep, one case a row. */
    Table space() {
        Table table = Table.of(
                "Space: trie nodes of the largest mask; bytes on the heap that a mask of a text read before takes; what matchers"
                        + " keep for each character; the caches' estimate; growth: the last quarter's steps over the"
                        + " second's; time of garbage collection in all runs",
                "case",
                "source KB",
                "characters",
                "nodes max",
                "B/mask again",
                "kept B/char",
                "caches MB",
                "growth",
                "GC ms");
        for (HardResult each : results) {
            table = table.row(
                    each.id(),
                    each.sourceBytes() / 1e3,
                    each.characters(),
                    each.nodes(),
                    each.allocated(),
                    each.characters() == 0 ? 0.0 : (double) each.kept() / each.characters(),
                    each.cached() / 1e6,
                    two(each.growth()),
                    each.collections() / MILLI);
        }
        return table;
    }

    /** The slowest masks of cases that miss a target. */
    Table slowest() {
        Table table = Table.of(
                "The slowest masks of cases that miss a target", "case", "µs", "trie nodes", "token", "text before");
        for (HardResult each : results) {
            if (!each.misses().isEmpty()) {
                for (HardResult.Slow slow : each.slowest()) {
                    table = table.row(
                            each.id(),
                            slow.nanos() / MICRO,
                            slow.nodes(),
                            slow.text() + ":" + slow.token(),
                            shown(slow.before()));
                }
            }
        }
        return table;
    }

    /** Why cases did not end as they should. */
    Table reasons() {
        Table table = Table.of("", "case", "end", "error", "reason");
        for (HardResult each : failures()) {
            String keyword =
                    each.reasons().isEmpty() ? "" : each.reasons().get(0).keyword();
            String reason =
                    each.reasons().isEmpty() ? "" : each.reasons().get(0).reason();
            table = table.row(each.id(), each.end().name().toLowerCase(Locale.ROOT), keyword, reason);
        }
        return table;
    }

    private static String shown(String text) {
        return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    }

    private static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Tables for a terminal. */
    @Override
    public String toString() {
        String line = System.lineSeparator();
        String failures = this.failures().isEmpty() ? "" : line + reasons();
        return times() + line + space() + line + slowest() + failures + line + kept() + " of " + results.size()
                + " cases keep to all targets" + line;
    }
}
