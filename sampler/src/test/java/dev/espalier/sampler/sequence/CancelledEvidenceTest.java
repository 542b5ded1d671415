// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.mcmc.MetropolisHastingsSampler;
import dev.espalier.sampler.sequence.smc.SmcSampler;
import dev.espalier.sampler.sequence.speculative.SpeculativeSampler;
import dev.espalier.sampler.sequence.tokenwise.TokenwiseSampler;
import dev.espalier.sampler.sequence.trie.AsapSampler;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What samplers whose evidence is a mean of weights say when somebody stops them. */
class CancelledEvidenceTest {

    private static final List<String> WORDS = List.of("0", "1", "1111111111");

    /** A tree in which somebody asks to stop while a text of some length is continued. */
    private record Stopping(HashTree tree, int length, Cancellation cancellation) implements TokenTree {

        @Override
        public Prefix root() {
            return tree.root();
        }

        @Override
        public List<TokenLaw> next(List<Prefix> prefixes) {
            if (prefixes.stream().anyMatch(text -> text.length() == length)) {
                cancellation.cancel();
            }
            return tree.next(prefixes);
        }

        @Override
        public long calls() {
            return tree.calls();
        }

        @Override
        public boolean isEnd(int token) {
            return tree.isEnd(token);
        }
    }

    static Stream<SequenceSampler> samplers() {
        return Stream.of(
                TokenwiseSampler.masked(),
                new AsapSampler(),
                SmcSampler.DEFAULT,
                MetropolisHastingsSampler.of(ResamplingPoint.RESTART),
                SpeculativeSampler.masked(HashTree.bits("0", "1", "1111111111"), 1));
    }

    private static SampleSet stopped(SequenceSampler sampler, int length) {
        HashTree tree = HashTree.bits(WORDS.toArray(String[]::new));
        Cancellation cancellation = new Cancellation();
        return sampler.sample(
                new Stopping(tree, length, cancellation),
                1000,
                SamplingRun.seeded(1).with(cancellation));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void nothingIsSaidOfTheEvidenceWithoutASample(SequenceSampler sampler) {
        SampleSet set = stopped(sampler, 0);
        assertTrue(set.cancelled(), sampler.name());
        assertTrue(set.logEvidence().isEmpty(), sampler.name() + " says " + set.logEvidence());
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void nothingIsSaidOfTheEvidenceByShortTextsAlone(SequenceSampler sampler) {
        SampleSet set = stopped(sampler, 4);
        assertTrue(set.cancelled(), sampler.name());
        assertTrue(set.logEvidence().isEmpty(), sampler.name() + " says " + set.logEvidence());
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void theTextUnderWayIsNotWrittenToItsEnd(SequenceSampler sampler) {
        SampleSet set = stopped(sampler, 4);
        assertTrue(set.samples().stream().allMatch(sample -> sample.tokens().size() <= 5), sampler.name());
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void aBoundOfTextsLeavesIt(SequenceSampler sampler) {
        HashTree tree = HashTree.bits(WORDS.toArray(String[]::new));
        SampleSet set = sampler.sample(tree, 20, SamplingRun.seeded(1).withMaxRuns(50));
        assertEquals(!sampler.name().startsWith("mcmc"), set.logEvidence().isPresent(), sampler.name());
    }
}
