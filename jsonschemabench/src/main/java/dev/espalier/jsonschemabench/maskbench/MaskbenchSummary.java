package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.jsonschemabench.report.LatencyChart;
import dev.espalier.jsonschemabench.report.ReasonCounts;
import dev.espalier.jsonschemabench.report.Summary;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Figures over many results. Immutable once made. */
public final class MaskbenchSummary implements Summary {

    /** Masks that take longer, in nanoseconds, are long: a model waits for them. */
    static final long LONG_MASK = 10_000_000;

    private final List<SchemaResult> results;
    private final Counts total = new Counts();
    private final Map<String, Counts> datasets = new TreeMap<>();
    private final ReasonCounts refusedFor = new ReasonCounts();
    private final StepTimes times = new StepTimes();
    private final LatencyHistogram compile = new LatencyHistogram();
    private final LatencyHistogram firstMask = new LatencyHistogram();
    private final RunFigures run;
    private TrieNodes nodes = TrieNodes.NONE;

    /** The figures of some results, and of the run that made the last of them. */
    MaskbenchSummary(List<SchemaResult> results, RunFigures run) {
        this.results = List.copyOf(results);
        this.run = run;
        for (SchemaResult result : results) {
            total.add(result);
            datasets.computeIfAbsent(result.schema().shownDataset(), unused -> new Counts())
                    .add(result);
            times.add(result.steps());
            nodes = nodes.plus(result.nodes());
            if (!result.schema().isCompiled()) {
                refusedFor.add(result.schema().reasons());
            } else if (!result.allowsNothing()) {
                compile.add(result.schema().compileNanos());
                firstMask.add(result.firstMaskNanos());
            }
        }
    }

    /** Schemas of one data set, or of all. */
    static final class Counts {

        int schemas;
        int compiled;
        int unsatisfiable;
        int checkedAtEnd;
        int refused;
        int errors;
        int timeouts;
        int passing;
        long valid;
        long invalid;
        long falselyRefused;
        long falselyAccepted;

        void add(SchemaResult result) {
            schemas++;
            compiled += result.schema().isCompiled() ? 1 : 0;
            unsatisfiable += result.allowsNothing() ? 1 : 0;
            checkedAtEnd += result.schema().checkedAtEnd().isEmpty() ? 0 : 1;
            refused += result.schema().status() == Status.REFUSED ? 1 : 0;
            errors += result.schema().status() == Status.ERROR ? 1 : 0;
            timeouts += result.schema().status() == Status.TIMEOUT ? 1 : 0;
            passing += result.passes() ? 1 : 0;
            long expected = result.tests().stream().filter(TestResult::valid).count();
            valid += expected;
            invalid += result.tests().size() - expected;
            falselyRefused += result.falselyRefused();
            falselyAccepted += result.falselyAccepted();
        }

        /** Schemas that compiled, and judged an instance wrongly. */
        int wrong() {
            return compiled - passing;
        }
    }

    /** How many schemas there are results of. */
    public int schemas() {
        return total.schemas;
    }

    List<SchemaResult> results() {
        return results;
    }

    Counts total() {
        return total;
    }

    Map<String, Counts> datasets() {
        return datasets;
    }

    /** How many schemas each keyword, or kind of error, stood in the way of. */
    ReasonCounts refusedFor() {
        return refusedFor;
    }

    /** All distributions of times, by name. */
    Map<String, LatencyHistogram> times() {
        Map<String, LatencyHistogram> all = new LinkedHashMap<>();
        all.put("mask", times.mask());
        all.put("commit", times.commit());
        all.put("mask + commit", times.step());
        all.put("compile", compile);
        all.put("schema text to first mask", firstMask);
        return all;
    }

    /** Trie nodes that all masks visited. */
    TrieNodes nodes() {
        return nodes;
    }

    /** What is known beside the results. */
    RunFigures run() {
        return run;
    }

    /** The ten schemas with the masks that visit the most trie nodes. */
    Table mostNodes() {
        Table table = Table.of(
                "Masks that visit the most trie nodes",
                "schema",
                "most of a mask",
                "above 200,000",
                "masks",
                "schema bytes");
        for (SchemaResult result : first(result -> result.nodes().most())) {
            table = table.row(
                    result.id(),
                    result.nodes().most(),
                    result.nodes().many(),
                    result.steps().mask().count(),
                    result.schema().schemaBytes());
        }
        return table;
    }

    /** The id of the schema with the mask that visited the most trie nodes; empty if none visited any. */
    String mostNodesId() {
        return nodes.most() == 0
                ? ""
                : first(result -> result.nodes().most()).get(0).id();
    }

    /** The ten schemas of which something is largest. */
    private List<SchemaResult> first(ToLongFunction<SchemaResult> value) {
        return results.stream()
                .sorted(Comparator.comparingLong((SchemaResult result) -> -value.applyAsLong(result))
                        .thenComparing(SchemaResult::id))
                .limit(10)
                .toList();
    }

    /** The figures of each data set. */
    Table datasetTable() {
        Table table = Table.of(
                "Schemas by data set",
                "data set",
                "schemas",
                "passing",
                "share",
                "compiled",
                "checked at end",
                "refused",
                "error",
                "timeout",
                "valid refused",
                "invalid accepted");
        for (Map.Entry<String, Counts> entry : datasets.entrySet()) {
            table = row(table, entry.getKey(), entry.getValue());
        }
        return row(table, "total", total);
    }

    private static Table row(Table table, String name, Counts counts) {
        return table.row(
                name,
                counts.schemas,
                counts.passing,
                Table.percent(counts.passing, counts.schemas),
                counts.compiled,
                counts.checkedAtEnd,
                counts.refused,
                counts.errors,
                counts.timeouts,
                counts.falselyRefused,
                counts.falselyAccepted);
    }

    /** The ten schemas with the longest masks, if these are long. */
    Table slowest() {
        Table table = Table.of(
                "Longest masks, those above 10 ms",
                "schema",
                "longest mask µs",
                "masks",
                "above 10 ms",
                "most trie nodes",
                "collections ms",
                "schema bytes");
        for (SchemaResult result : first(result -> result.steps().mask().max())) {
            LatencyHistogram masks = result.steps().mask();
            if (masks.max() <= LONG_MASK) {
                break;
            }
            table = table.row(
                    result.id(),
                    masks.max() / 1000.0,
                    masks.count(),
                    masks.above(LONG_MASK),
                    result.nodes().most(),
                    result.collectionNanos() / 1e6,
                    result.schema().schemaBytes());
        }
        return table;
    }

    @Override
    public JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("schemas", total.schemas).put("passing", total.passing).put("compiled", total.compiled);
        node.put("unsatisfiable", total.unsatisfiable).put("checked_at_end", total.checkedAtEnd);
        node.put("refused", total.refused).put("error", total.errors).put("timeout", total.timeouts);
        node.put("valid", total.valid).put("valid_refused", total.falselyRefused);
        node.put("invalid", total.invalid).put("invalid_accepted", total.falselyAccepted);
        node.put("masks", times.mask().count());
        node.put("masks_over_10_ms", times.mask().above(LONG_MASK));
        node.set("mask_us", times.mask().figures());
        node.set("commit_us", times.commit().figures());
        node.set("step_us", times.step().figures());
        node.set("compile_us", compile.figures());
        node.set("first_mask_us", firstMask.figures());
        nodes.write(node);
        node.put("most_trie_nodes_id", mostNodesId());
        node.put("gc_ms", run.collectionNanos() / 1e6);
        ObjectNode shared = node.putObject("store");
        shared.put("hits", run.store().hits()).put("misses", run.store().misses());
        shared.put("evictions", run.store().evictions())
                .put("bytes", run.store().bytes());
        run.retained().ifPresent(retained -> node.set("retained", retained.toJson()));
        node.set("refused_for", refusedFor.toJson());
        return node;
    }

    /** The tables for a terminal. */
    @Override
    public String toString() {
        Table refused = refusedFor.table("Refused or failed schemas by keyword or kind of error", "schemas");
        String line = System.lineSeparator();
        return datasetTable()
                + line
                + LatencyChart.table("Times", times())
                + String.format(
                        Locale.ROOT,
                        "%n%d masks, %d of them above 10 ms; collections took %.0f ms; store: %d hits, %d misses,"
                                + " %d evicted, %d bytes%n"
                                + "trie nodes of a mask: %d at most%s, %d masks above 200,000%n",
                        times.mask().count(),
                        times.mask().above(LONG_MASK),
                        run.collectionNanos() / 1e6,
                        run.store().hits(),
                        run.store().misses(),
                        run.store().evictions(),
                        run.store().bytes(),
                        nodes.most(),
                        mostNodesId().isEmpty() ? "" : " (" + mostNodesId() + ")",
                        nodes.many())
                + run.retained().map(retained -> line + retained.table()).orElse("")
                + (refused.rows().isEmpty() ? "" : line + refused);
    }
}
