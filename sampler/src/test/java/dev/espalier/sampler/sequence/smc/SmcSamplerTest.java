// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.ExactLaw;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.ModelTree;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.TokenPredicate;
import dev.espalier.sampler.sequence.TokenTree;
import dev.espalier.sampler.sequence.tokenwise.AdaptiveRejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SmcSamplerTest {

    private static final ToDoubleFunction<Prefix> ONE = text -> 1;
    private static final double[] THRESHOLDS = {0, 0.5, 0.9, 1};

    private static List<ToDoubleFunction<Prefix>> twists(HashTree tree, ToDoubleFunction<Prefix> reward) {
        return List.of(ONE, SmcCase::guess, SmcCase.completion(tree, reward));
    }

    /** E[mean of W · 1{x}] over all traces, by text. */
    private static Map<List<Integer>, Double> measure(HashTree tree, SmcSampler sampler) {
        Map<List<Integer>, Double> measure = new HashMap<>();
        for (EnumeratedChoices.Trace<SampleSet> trace :
                ExactLaw.walk(choices -> sampler.sample(tree, 1, ExactLaw.run(choices)))) {
            List<Sample> samples = trace.result().samples();
            double mean = 0;
            for (Sample sample : samples) {
                double share = Math.exp(sample.logWeight()) / samples.size();
                mean += share;
                if (share > 0) {
                    assertTrue(sample.complete());
                    measure.merge(sample.tokens(), trace.probability() * share, Double::sum);
                }
            }
            assertEquals(mean, Math.exp(trace.result().logEvidence().orElseThrow()), 1e-12 * mean);
        }
        return measure;
    }

    private static Map<List<Integer>, Double> measure(HashTree tree, SmcSampler sampler, SmcReference.Variant variant) {
        Map<List<Integer>, Double> measure = new HashMap<>();
        for (EnumeratedChoices.Trace<Map<List<Integer>, Double>> trace :
                ExactLaw.walk(choices -> SmcReference.run(tree, sampler, variant, choices))) {
            trace.result().forEach((tokens, share) -> measure.merge(tokens, trace.probability() * share, Double::sum));
        }
        return measure;
    }

    /** Every threshold, twist and reward, by some schemes. */
    private static void assertProper(HashTree tree, int particles, ProposalKernel proposal, Resampling... schemes) {
        for (ToDoubleFunction<Prefix> reward : List.<ToDoubleFunction<Prefix>>of(ONE, SmcCase::reward)) {
            Map<List<Integer>, Double> target = SmcCase.target(tree, reward);
            for (ToDoubleFunction<Prefix> twist : twists(tree, reward)) {
                for (Resampling scheme : schemes) {
                    for (double threshold : THRESHOLDS) {
                        SmcSampler sampler = new SmcSampler(
                                particles, threshold, scheme, proposal, SmcCase.potential(twist, reward));
                        ExactLaw.assertMeasure(target, measure(tree, sampler), 1e-12);
                    }
                }
            }
        }
    }

    @Test
    void oneParticleIsProperlyWeighted() {
        for (HashTree tree : List.of(HashTree.gad3(), SmcCase.words("00", "10", "11"), SmcCase.words("0", "11"))) {
            for (ProposalKernel proposal : List.of(ProposalKernel.masked(), SmcCase.noisy())) {
                assertProper(tree, 1, proposal, Resampling.values());
            }
        }
        assertProper(SmcCase.words("0", "11"), 1, SmcCase.twoLoops(), Resampling.SYSTEMATIC);
    }

    @Test
    void twoParticlesAreProperlyWeighted() {
        for (HashTree tree : List.of(SmcCase.words("00", "10", "11"), SmcCase.words("0", "11"))) {
            for (ProposalKernel proposal : List.of(ProposalKernel.masked(), SmcCase.noisy())) {
                assertProper(tree, 2, proposal, Resampling.values());
            }
        }
    }

    @Test
    void twoParticlesOfLongerTextsAreProperlyWeighted() {
        assertProper(HashTree.gad3(), 2, ProposalKernel.masked(), Resampling.values());
    }

    @Test
    void twoParticlesByRejectionAreProperlyWeighted() {
        HashTree tree = SmcCase.words("", "1");
        SmcSampler sampler = SmcSampler.DEFAULT.withParticles(2).with(SmcCase.twoLoops());
        for (double threshold : new double[] {0.9, 1}) {
            ExactLaw.assertMeasure(tree.probabilities(), measure(tree, sampler.withThreshold(threshold)), 1e-12);
        }
    }

    @Test
    void aPredicateOnTopOfTheMaskIsProperlyWeighted() {
        HashTree tree = SmcCase.words("", "0", "1");
        Map<List<Integer>, Double> expected = new HashMap<>(tree.probabilities());
        expected.remove(List.of(0));
        TokenPredicate predicate = (text, token) -> token != 0;
        for (AdaptiveRejection proposal : List.of(
                AdaptiveRejection.of(predicate),
                AdaptiveRejection.twoLoops(predicate, 2).withMaxRejects(1),
                AdaptiveRejection.recursive(predicate))) {
            SmcSampler sampler = SmcSampler.DEFAULT.withParticles(2).with(proposal);
            for (double threshold : new double[] {0.9, 1}) {
                ExactLaw.assertMeasure(expected, measure(tree, sampler.withThreshold(threshold)), 1e-12);
            }
        }
    }

    @Test
    void threeParticlesAreProperlyWeighted() {
        assertProper(SmcCase.words("0", "11"), 3, ProposalKernel.masked(), Resampling.values());
        assertProper(SmcCase.words("0", "11"), 3, SmcCase.noisy(), Resampling.SYSTEMATIC);
        assertProper(
                SmcCase.words("00", "10", "11"),
                3,
                ProposalKernel.masked(),
                Resampling.SYSTEMATIC,
                Resampling.STRATIFIED);
    }

    @Test
    void textsThatEndWithoutAnEndTokenHaveTheirRewardToo() {
        Vocabulary bits = Vocabulary.builder().token(0, "0").token(1, "1").build();
        for (List<String> words : List.of(List.of("0", "11"), List.of(""))) {
            HashTree tree = new HashTree(bits, 4, words);
            ToDoubleFunction<Prefix> reward = text -> 0.5 + text.length();
            SmcSampler sampler = SmcSampler.DEFAULT.withParticles(2).with(SmcCase.potential(SmcCase::guess, reward));
            ExactLaw.assertMeasure(SmcCase.target(tree, reward), measure(tree, sampler), 1e-12);
        }
    }

    @Test
    void deadEndsHaveNoWeight() {
        Vocabulary gaps = Vocabulary.builder()
                .token(0, "a")
                .token(1, "bc")
                .token(2, "ab")
                .special(3, "</s>")
                .endIds(3)
                .build();
        HashTree tree = new HashTree(gaps, 4, List.of("abc", "a", "abd"));
        assertTrue(tree.root().then(2).isDead());
        for (double threshold : THRESHOLDS) {
            SmcSampler sampler = SmcSampler.DEFAULT.withParticles(2).withThreshold(threshold);
            ExactLaw.assertMeasure(SmcCase.target(tree, ONE), measure(tree, sampler), 1e-12);
        }
    }

    @Test
    void aTwistOfZeroTakesItsTextsOutOfTheLaw() {
        HashTree tree = HashTree.gad3();
        Map<List<Integer>, Double> expected = new HashMap<>(tree.probabilities());
        expected.keySet().removeIf(tokens -> tokens.subList(0, 2).equals(List.of(1, 1)));
        ToDoubleFunction<Prefix> twist = text -> List.of(1, 1).equals(prefix(text, 2)) ? 0 : 1;
        SmcSampler sampler = SmcSampler.DEFAULT.withParticles(2).with(SmcCase.potential(twist, ONE));
        ExactLaw.assertMeasure(expected, measure(tree, sampler), 1e-12);
    }

    private static List<Integer> prefix(Prefix text, int length) {
        return Arrays.stream(text.tokens()).limit(length).boxed().toList();
    }

    @Test
    void weightsThatAreResetToOneAreWrong() {
        HashTree tree = SmcCase.words("0", "11");
        for (ToDoubleFunction<Prefix> twist : twists(tree, ONE)) {
            SmcSampler sampler = new SmcSampler(
                    2, 0.9, Resampling.MULTINOMIAL, ProposalKernel.masked(), SmcCase.potential(twist, ONE));
            ExactLaw.assertMeasure(tree.probabilities(), measure(tree, sampler, SmcReference.Variant.RIGHT), 1e-12);
            ExactLaw.assertMeasure(measure(tree, sampler, SmcReference.Variant.RIGHT), measure(tree, sampler), 1e-12);
        }
        assertWrong(tree, SmcReference.Variant.WEIGHT_ONE);
    }

    @Test
    void finishedTextsThatAreLeftOutMustHaveAMeanOfTheirOwn() {
        HashTree tree = SmcCase.words("0", "11", "101");
        for (ToDoubleFunction<Prefix> twist : twists(tree, ONE)) {
            SmcSampler sampler = new SmcSampler(
                    2, 1, Resampling.MULTINOMIAL, ProposalKernel.masked(), SmcCase.potential(twist, ONE));
            ExactLaw.assertMeasure(
                    tree.probabilities(),
                    measure(tree, sampler, SmcReference.Variant.UNFINISHED_AMONG_THEMSELVES),
                    1e-12);
        }
        assertWrong(tree, SmcReference.Variant.UNFINISHED_WITH_THE_MEAN_OF_ALL);
    }

    private static void assertWrong(HashTree tree, SmcReference.Variant variant) {
        SmcSampler sampler = new SmcSampler(
                2, 1, Resampling.MULTINOMIAL, ProposalKernel.masked(), SmcCase.potential(SmcCase::guess, ONE));
        Map<List<Integer>, Double> measure = measure(tree, sampler, variant);
        double worst = 0;
        for (Map.Entry<List<Integer>, Double> entry : tree.probabilities().entrySet()) {
            double found = measure.getOrDefault(entry.getKey(), 0.0);
            worst = Math.max(worst, Math.abs(found / entry.getValue() - 1));
        }
        assertTrue(worst > 0.1, "the mistake does not show: " + worst);
    }

    @Test
    void theBestProposalAndTwistHaveNoVariance() {
        for (ToDoubleFunction<Prefix> reward : List.<ToDoubleFunction<Prefix>>of(ONE, SmcCase::reward)) {
            HashTree tree = HashTree.gad3();
            ToDoubleFunction<Prefix> completion = SmcCase.completion(tree, reward);
            double z = completion.applyAsDouble(tree.root());
            for (Resampling scheme : Resampling.values()) {
                SmcSampler sampler = new SmcSampler(
                        2, 0.9, scheme, SmcCase.conditioned(completion), SmcCase.potential(completion, reward));
                Map<List<Integer>, Double> answers = answers(tree, sampler, z);
                answers.replaceAll((tokens, share) -> share * z);
                ExactLaw.assertMeasure(SmcCase.target(tree, reward), answers, 1e-12);
            }
        }
    }

    /** The exact law of an answer; every weight must be Z. */
    private static Map<List<Integer>, Double> answers(HashTree tree, SmcSampler sampler, double z) {
        Map<List<Integer>, Double> answers = new HashMap<>();
        for (EnumeratedChoices.Trace<Sample> trace : ExactLaw.walk(choices -> {
            SampleSet set = sampler.sample(tree, 1, ExactLaw.run(choices));
            set.samples().forEach(sample -> assertEquals(z, Math.exp(sample.logWeight()), 1e-12 * z));
            return set.answer(choices).orElseThrow();
        })) {
            answers.merge(trace.result().tokens(), trace.probability(), Double::sum);
        }
        return answers;
    }

    @Test
    void anAnswerOfFewParticlesIsBiasedTowardTheMaskedLaw() {
        HashTree tree = SmcCase.words("00", "10", "11");
        double z = tree.evidence();
        double[] worst = new double[3];
        for (int n = 1; n <= 2; n++) {
            SmcSampler sampler = SmcSampler.DEFAULT.withParticles(n).withThreshold(0.9);
            Map<List<Integer>, Double> answers = new HashMap<>();
            for (EnumeratedChoices.Trace<Sample> trace :
                    ExactLaw.walk(choices -> sampler.sample(tree, 1, ExactLaw.run(choices))
                            .answer(choices)
                            .orElseThrow())) {
                answers.merge(trace.result().tokens(), trace.probability(), Double::sum);
            }
            for (Map.Entry<List<Integer>, Double> entry : tree.probabilities().entrySet()) {
                worst[n] =
                        Math.max(worst[n], Math.abs(answers.getOrDefault(entry.getKey(), 0.0) - entry.getValue() / z));
            }
        }
        assertTrue(worst[1] > worst[2] && worst[2] > 0.5);
    }

    @Test
    void withoutAnyWeightThereIsNoAnswer() {
        Potential nothing = Potential.reward(text -> Double.NEGATIVE_INFINITY);
        SampleSet set = SmcSampler.DEFAULT.with(nothing).sample(HashTree.gad3(), 3, SamplingRun.seeded(1));
        assertEquals(30, set.samples().size());
        assertEquals(Double.NEGATIVE_INFINITY, set.logEvidence().orElseThrow());
        assertTrue(set.answer(Choices.seeded(1)).isEmpty());
        assertFalse(set.cancelled());
        Potential never = Potential.twist(text -> Double.NEGATIVE_INFINITY);
        SampleSet none = SmcSampler.DEFAULT.with(never).sample(HashTree.gad3(), 1, SamplingRun.seeded(1));
        assertEquals(0, none.calls());
        assertTrue(none.samples().stream().noneMatch(Sample::complete));
    }

    @Test
    void tinyWeightsDoNotUnderflow() {
        HashTree tree = HashTree.gad3();
        Potential tiny = Potential.twist(text -> -2000.0 * text.length()).times(Potential.reward(text -> -9000));
        SmcSampler sampler = SmcSampler.DEFAULT.withThreshold(1);
        SampleSet small = sampler.with(tiny).sample(tree, 5, SamplingRun.seeded(3));
        SampleSet plain = sampler.sample(tree, 5, SamplingRun.seeded(3));
        assertEquals(
                plain.logEvidence().orElseThrow() - 9000, small.logEvidence().orElseThrow(), 1e-9);
        assertEquals(tokens(plain), tokens(small));
    }

    private static List<List<Integer>> tokens(SampleSet set) {
        return set.samples().stream().map(Sample::tokens).toList();
    }

    @Test
    void aPotentialThatIsNoNumberIsRefused() {
        HashTree tree = HashTree.gad3();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            SmcSampler twisted = SmcSampler.DEFAULT.with(Potential.twist(text -> bad));
            assertThrows(InvalidInputException.class, () -> twisted.sample(tree, 1, SamplingRun.seeded(1)));
            SmcSampler rewarded = SmcSampler.DEFAULT.with(Potential.reward(text -> bad));
            assertThrows(InvalidInputException.class, () -> rewarded.sample(tree, 1, SamplingRun.seeded(1)));
        }
        assertThrows(InvalidInputException.class, () -> SmcSampler.DEFAULT.withParticles(0));
        assertThrows(InvalidInputException.class, () -> SmcSampler.DEFAULT.withThreshold(1.1));
    }

    /** A tree seen through something. */
    private record Seen(HashTree tree, Function<List<Prefix>, List<TokenLaw>> laws) implements TokenTree {

        @Override
        public Prefix root() {
            return tree.root();
        }

        @Override
        public List<TokenLaw> next(List<Prefix> prefixes) {
            return laws.apply(prefixes);
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

    @Test
    void batchingDoesNotMatter() {
        HashTree tree = HashTree.gad3();
        TokenTree oneByOne = new Seen(
                tree,
                texts -> texts.stream()
                        .map(text -> tree.next(List.of(text)).get(0))
                        .toList());
        SamplingRun run = SamplingRun.seeded(11);
        assertEquals(
                SmcSampler.DEFAULT.sample(tree, 50, run).samples(),
                SmcSampler.DEFAULT.sample(oneByOne, 50, run).samples());
    }

    @Test
    void manyParticlesOfAModelWithSessionsAreTheSame() {
        Vocabulary bits = Vocabulary.builder()
                .token(0, "0")
                .token(1, "1")
                .special(2, "</s>")
                .endIds(2)
                .build();
        List<String> words = IntStream.range(0, 256)
                .mapToObj(i -> Integer.toBinaryString(256 + i))
                .toList();
        HashModel model = new HashModel(bits, 6);
        SmcSampler sampler = SmcSampler.DEFAULT.withParticles(100);
        SampleSet exact = sampler.sample(new HashTree(bits, 6, words), 3, SamplingRun.seeded(4));
        try (ModelTree tree =
                new ModelTree(model, new int[] {0}, new ListedLanguage(bits, words), SamplingParameters.MODEL)) {
            SampleSet set = sampler.sample(tree, 3, SamplingRun.seeded(4));
            assertEquals(tokens(exact), tokens(set));
            assertEquals(exact.logEvidence().orElseThrow(), set.logEvidence().orElseThrow(), 1e-4);
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void runsDoNotDependOnHowManyThereAre() {
        HashTree tree = HashTree.gad3();
        SamplingRun run = SamplingRun.seeded(12);
        assertEquals(
                SmcSampler.DEFAULT.sample(tree, 2, run).samples(),
                SmcSampler.DEFAULT.sample(tree, 7, run).samples().subList(0, 20));
    }

    @Test
    void aTextThatSeveralParticlesShareIsReadOnceAStep() {
        HashTree tree = HashTree.gad3();
        List<Integer> sizes = new ArrayList<>();
        TokenTree seen = new Seen(tree, texts -> {
            assertEquals(
                    texts.size(),
                    texts.stream().map(text -> prefix(text, 9)).distinct().count());
            sizes.add(texts.size());
            return tree.next(texts);
        });
        SmcSampler.DEFAULT.withParticles(100).sample(seen, 1, SamplingRun.seeded(2));
        assertEquals(4, sizes.size());
        assertEquals(1, sizes.get(0));
        assertTrue(sizes.stream().allMatch(size -> size <= 5));
    }

    @Test
    void cancellationKeepsWhatIsFinished() {
        HashTree tree = SmcCase.words("0", "1111111");
        Cancellation cancellation = new Cancellation();
        TokenTree seen = new Seen(tree, texts -> {
            if (texts.get(0).length() == 3) {
                cancellation.cancel();
            }
            return tree.next(texts);
        });
        List<Sample> heard = new ArrayList<>();
        SampleSet set = SmcSampler.DEFAULT
                .withThreshold(0)
                .sample(seen, 5, SamplingRun.seeded(1).with(cancellation).with(heard::add));
        assertTrue(set.cancelled());
        assertEquals(set.samples(), heard);
        assertTrue(set.samples().stream().anyMatch(Sample::complete));
        assertFalse(set.samples().stream().allMatch(Sample::complete));
        for (Sample sample : set.samples()) {
            assertEquals(sample.complete(), sample.logWeight() > Double.NEGATIVE_INFINITY);
            assertEquals(sample.complete(), sample.tokens().equals(List.of(0)));
        }
        SampleSet nothing =
                SmcSampler.DEFAULT.sample(seen, 5, SamplingRun.seeded(1).with(cancellation));
        assertTrue(nothing.cancelled() && nothing.samples().isEmpty());
        assertTrue(nothing.logEvidence().isEmpty());
    }

    @Test
    void aRunIsOnlyBegunIfAllItsParticlesMayBe() {
        SampleSet set = SmcSampler.DEFAULT.sample(
                HashTree.gad3(), 5, SamplingRun.seeded(1).withMaxRuns(29));
        assertEquals(20, set.runs());
        assertEquals(20, set.samples().size());
        assertTrue(set.cancelled());
    }
}
