// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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

    /** What is kept after something was done, in bytes. */
    private record Stage(@JsonIgnore String name, long p50, long p90, long p99, long max) {}

    private static final List<Column<Stage>> STAGES = List.of(
            Column.of("after", stage -> stage.name.equals("own caches") ? "… of which its own caches" : stage.name),
            Column.of("p50", stage -> stage.p50 / 1e3),
            Column.of("p90", stage -> stage.p90 / 1e3),
            Column.of("p99", stage -> stage.p99 / 1e3),
            Column.of("max", stage -> stage.max / 1e3));

    private List<Stage> stages() {
        return List.of(
                stage("compiled", RetainedBytes::compiled),
                stage("first mask", RetainedBytes::firstMask),
                stage("instances read", RetainedBytes::instances),
                stage("own caches", RetainedBytes::caches));
    }

    private Stage stage(String name, ToLongFunction<RetainedBytes> bytes) {
        long[] sorted = schemas.stream().mapToLong(bytes).sorted().toArray();
        return new Stage(
                name, percentile(sorted, 50), percentile(sorted, 90), percentile(sorted, 99), percentile(sorted, 100));
    }

    /** The value at index {@code int(count * p / 100)}, at most the last, as of times; 0 of nothing. */
    static long percentile(long[] sorted, double p) {
        return sorted.length == 0 ? 0 : sorted[Math.min((int) (sorted.length * p / 100), sorted.length - 1)];
    }

    /** The median of what is kept after all instances were read. */
    long median() {
        return stage("", RetainedBytes::instances).p50;
    }

    /** Schemas that keep more than the median may. */
    private long above() {
        return schemas.stream().filter(one -> one.instances() > TARGET).count();
    }

    /** Distributions in kilobytes of 1,000 bytes. */
    Table table() {
        return Table.of(
                "Retained KB of " + schemas.size() + " compiled schemas, " + above()
                        + " of them more than 100 at the end",
                STAGES,
                stages());
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
        stages().forEach(stage -> view.member(stage.name.replace(' ', '_') + "_bytes", stage));
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
