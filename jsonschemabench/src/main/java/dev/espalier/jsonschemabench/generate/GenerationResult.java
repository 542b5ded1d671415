// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import java.util.Optional;

/**
 * What became of a schema and the texts that were written for it: one line of {@code results.jsonl}.
 *
 * @param schema what became of the schema: declared to be covered if it compiled
 * @param constrained what was written under it; empty if it did not compile
 * @param free what was written without it; empty if that was not asked for
 */
public record GenerationResult(
        @JsonUnwrapped SchemaOutcome schema,
        Optional<Writing> constrained,
        @JsonProperty("unconstrained") Optional<Writing> free)
        implements ResultsFile.Result {

    /** The same with a text that was written without the constraint. */
    GenerationResult withFree(Writing text) {
        return new GenerationResult(schema, constrained, Optional.of(text));
    }

    @Override
    public String id() {
        return schema.id();
    }

    boolean isComplete() {
        return constrained.filter(Writing::isComplete).isPresent();
    }

    /** Whether it compiled, and the text under it is complete and valid. */
    boolean isCovered() {
        return constrained.filter(Writing::isValid).isPresent();
    }

    /** Whether a complete text under it has faults. */
    boolean isWrong() {
        return isComplete() && !isCovered();
    }
}
