// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import dev.espalier.jsonschemabench.corpus.BenchSchema;
import java.util.List;

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
}
