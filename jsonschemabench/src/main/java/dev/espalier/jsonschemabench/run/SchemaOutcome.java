package dev.espalier.jsonschemabench.run;

import dev.espalier.jsonschemabench.corpus.BenchSchema;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a schema: how each line of results about schemas begins.
 *
 * @param id the corpus' name for it
 * @param dataset its data set; empty if it is of none
 * @param status how it ended
 * @param reasons why it was refused or failed, or why no value satisfies it
 * @param checkedAtEnd keywords that are looked at only when a text is finished
 * @param schemaBytes the length of its text in UTF-8
 * @param compileNanos from its text to a grammar compiled for the vocabulary; 0 if it did not get there
 */
public record SchemaOutcome(
        String id,
        String dataset,
        Status status,
        List<Reason> reasons,
        List<Reason> checkedAtEnd,
        int schemaBytes,
        @Nanos("compile_us") long compileNanos) {

    /** How a schema ended. */
    public enum Status {
        /** It compiled, and what had to be run with it was run. */
        COMPILED,
        /** A typed error while compiling. */
        REFUSED,
        /** Any other error. */
        ERROR,
        /** Past the time for one schema. */
        TIMEOUT
    }

    /** Copies the lists. */
    public SchemaOutcome {
        reasons = List.copyOf(reasons);
        checkedAtEnd = List.copyOf(checkedAtEnd);
    }

    /** That of a schema that could not be read. */
    public static SchemaOutcome unreadable(String id, String why) {
        List<Reason> reasons = List.of(new Reason("#", "unreadable", why));
        return new SchemaOutcome(id, BenchSchema.dataset(id), Status.ERROR, reasons, List.of(), 0, 0);
    }

    /** Whether it compiled. */
    public boolean isCompiled() {
        return status == Status.COMPILED;
    }

    /** The name of its data set for people. */
    public String shownDataset() {
        return dataset.isEmpty() ? "(none)" : dataset;
    }

    /** Adds {@code "id", "dataset", "status", "reasons", "checked_at_end", "schema_bytes", "compile_us"}: for results that {@link ResultJson} does not write yet. */
    public void write(ObjectNode node) {
        node.put("id", id).put("dataset", dataset);
        node.put("status", status.name().toLowerCase(Locale.ROOT));
        Reason.write(reasons, node.putArray("reasons"));
        Reason.write(checkedAtEnd, node.putArray("checked_at_end"));
        node.put("schema_bytes", schemaBytes).put("compile_us", compileNanos / 1000.0);
    }

    /**
     * What {@link #write} wrote.
     *
     * @throws IllegalArgumentException if there is no such status
     */
    public static SchemaOutcome read(JsonNode node) {
        return new SchemaOutcome(
                node.path("id").asString(),
                node.path("dataset").asString(),
                Status.valueOf(node.path("status").asString().toUpperCase(Locale.ROOT)),
                Reason.read(node.path("reasons")),
                Reason.read(node.path("checked_at_end")),
                node.path("schema_bytes").asInt(),
                Math.round(node.path("compile_us").asDouble() * 1000));
    }
}
