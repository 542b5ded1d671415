// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.law.Choices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The exact laws of shipped samplers: every trace of their code, with its probability. */
public final class ExactLaw {

    private ExactLaw() {}

    /** A run all of whose decisions come from one place. */
    public static SamplingRun run(Choices choices) {
        return new SamplingRun(index -> choices, new Cancellation(), sample -> {}, Long.MAX_VALUE);
    }

    /** All traces of some code, with their probabilities. */
    public static <T> List<EnumeratedChoices.Trace<T>> walk(Function<Choices, T> code) {
        return EnumeratedChoices.walk(code);
    }

    /** E[w · 1{x}] of a sample, by text, over all traces; incomplete samples must have weight 0. */
    public static Map<List<Integer>, Double> measure(List<EnumeratedChoices.Trace<Sample>> traces) {
        Map<List<Integer>, Double> measure = new HashMap<>();
        for (EnumeratedChoices.Trace<Sample> trace : traces) {
            Sample sample = trace.result();
            if (sample.complete()) {
                measure.merge(sample.tokens(), trace.probability() * Math.exp(sample.logWeight()), Double::sum);
            } else {
                assertEquals(Double.NEGATIVE_INFINITY, sample.logWeight());
            }
        }
        return measure;
    }

    /** Fails unless a measure is a given one, relatively to each text. */
    public static void assertMeasure(
            Map<List<Integer>, Double> expected, Map<List<Integer>, Double> actual, double tolerance) {
        expected.forEach((tokens, p) -> {
            double found = actual.getOrDefault(tokens, 0.0);
            assertEquals(p, found, tolerance * p, () -> tokens + " has " + found + " instead of " + p);
        });
        assertTrue(expected.keySet().containsAll(actual.keySet()), "texts outside the language");
    }
}
