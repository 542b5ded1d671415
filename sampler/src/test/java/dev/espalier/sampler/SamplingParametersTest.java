// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SamplingParametersTest {

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        SamplingParameters p = SamplingParameters.MODEL;
        refuses(
                "temperature",
                List.of(
                        () -> p.withTemperature(-0.1),
                        () -> p.withTemperature(Double.NaN),
                        () -> p.withTemperature(Double.POSITIVE_INFINITY)));
        refuses("topK", List.of(() -> p.withTopK(-1)));
        refuses("topP", List.of(() -> p.withTopP(-0.01), () -> p.withTopP(1.01), () -> p.withTopP(Double.NaN)));
        refuses("minP", List.of(() -> p.withMinP(-0.1), () -> p.withMinP(2), () -> p.withMinP(Double.NaN)));
        refuses("maxTokens", List.of(() -> p.withMaxTokens(-1)));
    }

    @Test
    void eachChangeChangesItsOwnParameterOnly() {
        SamplingParameters p = SamplingParameters.DEFAULT
                .withTemperature(0.5)
                .withTopK(3)
                .withTopP(0.9)
                .withMinP(0.1)
                .withSeed(42)
                .withMaxTokens(7)
                .withForcedText(ForcedText.DRAWN)
                .withWeights(false)
                .withDraftTokens(5);
        assertEquals(
                new SamplingParameters(
                        0.5, 3, 0.9, 0.1, 42, 7, ForcedText.DRAWN, false, 5, LogitChanges.NONE, 0, Map.of()),
                p);
        assertTrue(p.hasFilter());
        assertTrue(SamplingParameters.DEFAULT.isGreedy());
    }

    @Test
    void topPOfZeroLeavesTheLikeliestAlone() {
        SamplingParameters p = SamplingParameters.MODEL.withTopP(0);
        assertTrue(p.hasFilter());
        assertFalse(p.isRandom());
        assertTrue(SamplingParameters.MODEL.withTopP(Double.MIN_VALUE).isRandom());
    }

    @Test
    void messagesHavePlainNumbers() {
        assertEquals(
                "topP must be in [0, 1], with 1 for off, but was 2",
                assertThrows(InvalidInputException.class, () -> SamplingParameters.MODEL.withTopP(2))
                        .getMessage());
        assertEquals(
                "temperature must be finite and ≥ 0, but was -0.5",
                assertThrows(InvalidInputException.class, () -> SamplingParameters.MODEL.withTemperature(-0.5))
                        .getMessage());
    }

    private static void refuses(String name, List<Executable> changes) {
        for (Executable change : changes) {
            InvalidInputException error = assertThrows(InvalidInputException.class, change);
            assertTrue(String.valueOf(error.getMessage()).startsWith(name), error.toString());
        }
    }
}
