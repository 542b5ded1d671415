// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import dev.espalier.core.Limits;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is run.
 *
 * @param corpus schemas with instances
 * @param tokenizer the {@code tokenizer.json} of all but the comparison of vocabularies
 * @param tokenizers those that are compared
 * @param sequences of a batch, each of a schema of its own
 * @param steps of each sequence
 * @param threads the most that work at a batch
 * @param tasks sequences of the schema that is shared
 * @param schemas of the corpus, for each vocabulary
 * @param largest members, strings and levels of the largest generated schemas at most
 * @param seed decides which schemas of the corpus, and the random texts
 */
public record ScaleSettings(
        SchemaCorpus corpus,
        Path tokenizer,
        List<Path> tokenizers,
        int sequences,
        int steps,
        int threads,
        int tasks,
        int schemas,
        int largest,
        long seed) {

    private static final long PATIENCE = 60_000;

    /** How schemas of the corpus are read: as MaskBench's protocol has it. A slow step is a figure here, not an error. */
    static final SchemaOptions OPTIONS = SchemaOptions.CHECKING
            .allow(Enforcement.CHECKED_AT_END)
            .withLimits(Limits.DEFAULT
                    .withStepDeadline(Duration.ofMillis(PATIENCE))
                    .withCompileDeadline(Duration.ofMillis(PATIENCE)));

    /** Copies the list. */
    public ScaleSettings {
        tokenizers = List.copyOf(tokenizers);
    }

    /** What decides the results. */
    Settings settings() {
        return Settings.none()
                .withFile("--tokenizer", tokenizer)
                .with(
                        "--tokenizers",
                        tokenizers.stream()
                                .map(file -> file.getFileName().toString())
                                .collect(Collectors.joining(",")))
                .with("--sequences", sequences)
                .with("--steps", steps)
                .with("--threads", threads)
                .with("--tasks", tasks)
                .with("--limit", schemas)
                .with("--largest", largest)
                .with("--seed", seed);
    }
}
