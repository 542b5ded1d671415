// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.soak;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.Optional;

/**
 * What a soak does.
 *
 * @param schemas how many different ones there are, at least {@code windows}
 * @param windows how often memory is measured, at least 10: before each measurement the collector runs
 * @param masks the most masks of one schema
 * @param threads how many schemas are worked on at a time
 * @param seed decides the schemas and the texts
 * @param corpus schemas that are strewn in among the generated ones, each once
 * @param options how schemas are read; their limits are those of the {@link GrammarCompiler}, too
 */
public record SoakSettings(
        int schemas,
        int windows,
        int masks,
        int threads,
        long seed,
        Optional<SchemaCorpus> corpus,
        SchemaOptions options) {

    /** Fewest measurements that say something of a slope. */
    public static final int FEWEST_WINDOWS = 10;

    /**
     * Checks the numbers; keywords that can only be checked at the end are let pass, as the harness does everywhere.
     *
     * @throws InvalidInputException if there are too few schemas or windows
     */
    public SoakSettings {
        if (windows < FEWEST_WINDOWS || schemas < windows) {
            throw new InvalidInputException("a soak needs at least " + FEWEST_WINDOWS
                    + " windows, and as many schemas: not " + windows + " windows of " + schemas + " schemas");
        }
        options = options.allow(Enforcement.CHECKED_AT_END);
    }

    /** The limits of everything. */
    public Limits limits() {
        return options.limits();
    }

    /** The schema of a number; those of the corpus are spread over all. */
    String schema(int number) {
        int some = corpus.map(SchemaCorpus::size).orElse(0);
        if (some > 0) {
            int every = Math.max(1, schemas / some);
            if (number % every == 0 && number / every < some) {
                return corpus.orElseThrow().schema(number / every).schema();
            }
        }
        return new RandomSchemas(seed).text(number);
    }

    /** The number of the first schema of a window. */
    int start(int window) {
        return (int) ((long) schemas * window / windows);
    }
}
