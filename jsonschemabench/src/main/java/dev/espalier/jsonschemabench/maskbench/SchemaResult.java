// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.jsonschemabench.run.Nanos;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What became of a schema and its instances: one line of {@code results.jsonl}.
 *
 * @param schema what became of the schema
 * @param firstMaskNanos from its text to the first mask
 * @param nodes trie nodes that its masks visited
 * @param collectionNanos garbage collection while it ran, in nanoseconds; part of the times of what it interrupted
 * @param steps times of its masks
 * @param tests its instances
 */
public record SchemaResult(
        @JsonUnwrapped SchemaOutcome schema,
        @Nanos("first_mask_us") long firstMaskNanos,
        @JsonUnwrapped TrieNodes nodes,
        @Nanos("gc_ms") long collectionNanos,
        @JsonProperty("histograms") StepTimes steps,
        List<TestResult> tests)
        implements ResultsFile.Result {

    /** Copies the list. */
    public SchemaResult {
        tests = List.copyOf(tests);
    }

    /** The result of a schema that could not be read. */
    static SchemaResult unreadable(String id, String why) {
        return of(SchemaOutcome.unreadable(id, why), 0, new StepTimes(), List.of());
    }

    /** A result of which no more is known. */
    public static SchemaResult of(SchemaOutcome schema, long firstMaskNanos, StepTimes steps, List<TestResult> tests) {
        return new SchemaResult(schema, firstMaskNanos, TrieNodes.NONE, 0, steps, tests);
    }

    @Override
    public String id() {
        return schema.id();
    }

    /** Valid instances that were refused. */
    public long falselyRefused() {
        return tests.stream().filter(test -> test.valid() && !test.accepted()).count();
    }

    /** Invalid instances that were accepted. */
    public long falselyAccepted() {
        return tests.stream().filter(test -> !test.valid() && test.accepted()).count();
    }

    /** Whether it compiled to a language without any text. */
    public boolean allowsNothing() {
        return schema.isCompiled() && !schema.reasons().isEmpty();
    }

    /** Whether it compiled and every instance got the verdict it should. */
    public boolean passes() {
        return schema.isCompiled() && falselyRefused() == 0 && falselyAccepted() == 0;
    }

    @JsonProperty("masks")
    long masks() {
        return steps.mask().count();
    }

    @JsonProperty("mask_us")
    JsonNode maskFigures() {
        return steps.mask().figures();
    }

    @JsonProperty("commit_us")
    JsonNode commitFigures() {
        return steps.commit().figures();
    }

    @JsonProperty("step_us")
    JsonNode stepFigures() {
        return steps.step().figures();
    }
}
