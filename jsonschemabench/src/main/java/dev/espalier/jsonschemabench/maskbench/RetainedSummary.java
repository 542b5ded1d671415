package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How many bytes compiled schemas keep on the heap.
 *
 * @param schemas those of some schemas
 */
public record RetainedSummary(List<RetainedBytes> schemas) {

    /** The name of the file in a run's folder. */
    static final String FILE = "retained.jsonl";

    /** How the bytes are measured, for those who read them. */
    static final String EXPLANATION =
            "The heap in use after full collections while a compiled schema is held, less that after it"
                    + " was dropped. What the engine keeps for other schemas stays, and is not in it: the store of masks, patterns, number"
                    + " languages. Each schema is compiled three times. Workers and masks of the schema alone are counted, and named by the"
                    + " engine's own estimate: those of all schemas have a bound, and go when it is reached.";

    private static final int MOST = 10;

    private static final List<Column<RetainedBytes>> LARGEST = List.of(
            Column.of("schema", RetainedBytes::id),
            Column.of("compiled", one -> one.compiled() / 1e3),
            Column.of("first mask", one -> one.firstMask() / 1e3),
            Column.of("instances read", one -> one.instances() / 1e3),
            Column.of("own caches", one -> one.caches() / 1e3),
            Column.of("schema bytes", RetainedBytes::schemaBytes));

    /** The median of what is kept after all instances were read is to be no more. */
    private static final long TARGET = 100_000;

    /** Copies the list. */
    public RetainedSummary {
        schemas = List.copyOf(schemas);
    }

    /** Percentiles in bytes. */
    private record Shares(long p50, long p90, long p99, long max) {}

    private static Map<String, ToLongFunction<RetainedBytes>> stages() {
        Map<String, ToLongFunction<RetainedBytes>> stages = new LinkedHashMap<>();
        stages.put("compiled", RetainedBytes::compiled);
        stages.put("first mask", RetainedBytes::firstMask);
        stages.put("instances read", RetainedBytes::instances);
        stages.put("own caches", RetainedBytes::caches);
        return stages;
    }

    private long[] sorted(ToLongFunction<RetainedBytes> stage) {
        return schemas.stream().mapToLong(stage).sorted().toArray();
    }

    /** The value at index {@code int(count * p / 100)}, at most the last, as of times; 0 of nothing. */
    static long percentile(long[] sorted, double p) {
        return sorted.length == 0 ? 0 : sorted[Math.min((int) (sorted.length * p / 100), sorted.length - 1)];
    }

    /** The median of what is kept after all instances were read. */
    long median() {
        return percentile(sorted(RetainedBytes::instances), 50);
    }

    /** Schemas that keep more than the median may. */
    private long above() {
        return schemas.stream().filter(one -> one.instances() > TARGET).count();
    }

    /** Distributions in kilobytes of 1,000 bytes. */
    Table table() {
        Table table = Table.of(
                "Retained KB of " + schemas.size() + " compiled schemas, " + above()
                        + " of them more than 100 at the end",
                "after",
                "p50",
                "p90",
                "p99",
                "max");
        for (Map.Entry<String, ToLongFunction<RetainedBytes>> stage : stages().entrySet()) {
            long[] sorted = sorted(stage.getValue());
            table.row(
                    stage.getKey().equals("own caches") ? "… of which its own caches" : stage.getKey(),
                    percentile(sorted, 50) / 1e3,
                    percentile(sorted, 90) / 1e3,
                    percentile(sorted, 99) / 1e3,
                    percentile(sorted, 100) / 1e3);
        }
        return table;
    }

    /** The schemas that keep the most. */
    Table largest() {
        return Table.of(
                "Compiled schemas that keep the most, KB",
                LARGEST,
                schemas.stream()
                        .sorted(Comparator.comparingLong((RetainedBytes one) -> -one.instances())
                                .thenComparing(RetainedBytes::id))
                        .limit(MOST)
                        .toList());
    }

    /** What is shown of these alone. */
    public View view() {
        View view = new View("Memory of a compiled schema", EXPLANATION)
                .table(table())
                .onPage(largest())
                .member("schemas", schemas.size())
                .member("above_100000_bytes", above());
        stages().forEach((name, stage) -> {
            long[] sorted = sorted(stage);
            view.member(
                    name.replace(' ', '_') + "_bytes",
                    new Shares(
                            percentile(sorted, 50),
                            percentile(sorted, 90),
                            percentile(sorted, 99),
                            percentile(sorted, 100)));
        });
        return view;
    }

    /**
     * Writes a line for each schema, and the summary as the last.
     *
     * @throws InvalidInputException if that is impossible
     */
    void write(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            new JsonLines(file)
                    .replace(schemas.stream().map(RetainedBytes::toJson).toList(), view().toJson());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file + ": " + e, e);
        }
    }
}
