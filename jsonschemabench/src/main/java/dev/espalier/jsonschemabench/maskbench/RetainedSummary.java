package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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

    private static final int LARGEST = 10;

    /** The median of what is kept after all instances were read is to be no more. */
    private static final long TARGET = 100_000;

    /** Copies the list. */
    public RetainedSummary {
        schemas = List.copyOf(schemas);
    }

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
            table = table.row(
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
        Table table = Table.of(
                "Compiled schemas that keep the most, KB",
                "schema",
                "compiled",
                "first mask",
                "instances read",
                "own caches",
                "schema bytes");
        List<RetainedBytes> largest = schemas.stream()
                .sorted(Comparator.comparingLong((RetainedBytes one) -> -one.instances())
                        .thenComparing(RetainedBytes::id))
                .limit(LARGEST)
                .toList();
        for (RetainedBytes one : largest) {
            table = table.row(
                    one.id(),
                    one.compiled() / 1e3,
                    one.firstMask() / 1e3,
                    one.instances() / 1e3,
                    one.caches() / 1e3,
                    one.schemaBytes());
        }
        return table;
    }

    JsonNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("schemas", schemas.size()).put("above_100000_bytes", above());
        stages().forEach((name, stage) -> {
            long[] sorted = sorted(stage);
            node.putObject(name.replace(' ', '_') + "_bytes")
                    .put("p50", percentile(sorted, 50))
                    .put("p90", percentile(sorted, 90))
                    .put("p99", percentile(sorted, 99))
                    .put("max", percentile(sorted, 100));
        });
        return node;
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
                    .replace(schemas.stream().map(RetainedBytes::toJson).toList(), toJson());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file + ": " + e, e);
        }
    }
}
