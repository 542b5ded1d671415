// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.sequence.Guarantee;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepetitionTest {

    private static final int CALLS = 400;

    private static Repetition repetition(Contender contender, SamplingCase one, long seed) {
        return Repetition.of(contender, one, CALLS, seed, new Cancellation());
    }

    private static SamplerResult result(Contender contender, SamplingCase one) {
        List<Repetition> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(repetition(contender, one, 1000L * i));
        }
        return SamplerResult.of(one, contender, CALLS, all);
    }

    @ParameterizedTest
    @EnumSource(Contender.class)
    void everySamplerKeepsToItsCallsAndToWhatItClaims(Contender contender) {
        try (SamplingCase words = HashLanguageTest.open(HashLanguage.words())) {
            if (contender != Contender.UNWEIGHTED) {
                assertEquals(contender.open(words).guarantee(), contender.guarantee());
                assertEquals(contender.open(words).name(), contender.toString());
            }
            SamplerResult result = result(contender, words);
            assertTrue(result.calls().mean() < CALLS + 60, result.calls().toString());
            assertTrue(result.samples().mean() <= 10 * CALLS, result.samples().toString());
            Figure ratio = result.relativeEvidence();
            assertTrue(!ratio.isKnown() || Math.abs(ratio.mean() - 1) <= 5 * ratio.error() + 1e-9, ratio.toString());
        }
    }

    @Test
    void weightsTakeTheBiasAwayThatMaskedSamplingHas() {
        try (SamplingCase words = HashLanguageTest.open(HashLanguage.words())) {
            Figure biased = result(Contender.UNWEIGHTED, words).divergence();
            assertTrue(biased.mean() > 1, biased.toString());
            assertTrue(result(Contender.MASKED, words).divergence().mean() < biased.mean());
            assertTrue(result(Contender.SMC, words).divergence().mean() < 0.1 * biased.mean());
            assertTrue(result(Contender.CARS, words).divergence().mean() < 0.1 * biased.mean());
            assertEquals(Guarantee.HEURISTIC, Contender.UNWEIGHTED.guarantee());
        }
    }

    @Test
    void enumerationHasNoSampleBeforeItIsThrough() {
        try (SamplingCase words = HashLanguageTest.open(HashLanguage.words())) {
            Repetition cut = Repetition.of(Contender.ENUMERATION, words, 2, 1, new Cancellation());
            assertEquals(0, cut.samples());
            assertEquals(CALLS, repetition(Contender.ENUMERATION, words, 1).samples());
        }
    }

    @Test
    void aPredicateTakesThePlaceOfTheMask() {
        try (SamplingCase words = HashLanguageTest.open(HashLanguage.words())) {
            Repetition awrs = repetition(Contender.AWRS, words, 1);
            assertTrue(awrs.predicateCalls() > awrs.calls());
            assertEquals(0, repetition(Contender.MASKED, words, 1).predicateCalls());
        }
    }

    @Test
    void whoIsStoppedStops() {
        try (SamplingCase words = HashLanguageTest.open(HashLanguage.words())) {
            Cancellation stop = new Cancellation();
            stop.cancel();
            for (Contender contender : Contender.values()) {
                assertEquals(0, Repetition.of(contender, words, CALLS, 1, stop).samples());
            }
        }
    }
}
