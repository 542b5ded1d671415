// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.speculative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.GTest;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.ExactLaw;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.ModelTree;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenTree;
import dev.espalier.sampler.sequence.exact.EnumeratedTree;
import dev.espalier.sampler.sequence.tokenwise.TokenwiseSampler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SpeculativeSamplerTest {

    private static final Set<String> CASES = Set.of("gad", "json", "deadend", "tokdead");

    /** Passes the unmasked law where the sampler needs one of allowed tokens. */
    private static final StepTarget UNMASKED = (text, model) -> {
        int[] tokens = text.mask().ids();
        return new StepTarget.Law(tokens, model.of(tokens), new double[tokens.length]);
    };

    /** A small language under two models: the one that is sampled, and the one that drafts. */
    private record Pair(String name, HashTree tree, HashTree draft) {}

    private static SequenceSampler unmasked(Pair pair, int drafted) {
        return new SpeculativeSampler(
                pair.draft(), SpeculativeSampler.chain(drafted), RecursiveRejection.RULE, UNMASKED, Target.MASKED);
    }

    private static Pair gad3() {
        return new Pair("gad3", HashTree.gad3(), HashTree.gad3(21));
    }

    private static List<Pair> golden() {
        List<GoldenCase> cases = GoldenCase.all();
        List<Pair> pairs = cases.stream()
                .filter(golden -> CASES.contains(golden.name()))
                .map(golden -> new Pair(
                        golden.name(),
                        HashTree.of(golden),
                        new HashTree(golden.vocabulary(), golden.seed() + 17, golden.texts())))
                .toList();
        assertEquals(CASES.size(), pairs.size());
        return pairs;
    }

    private static List<EnumeratedChoices.Trace<Sample>> traces(SequenceSampler sampler, HashTree tree) {
        return ExactLaw.walk(choices ->
                sampler.sample(tree, 1, ExactLaw.run(choices)).samples().get(0));
    }

    /** The probability of each text, complete or not. */
    private static Map<List<Integer>, Double> law(List<EnumeratedChoices.Trace<Sample>> traces) {
        Map<List<Integer>, Double> law = new HashMap<>();
        traces.forEach(trace -> law.merge(trace.result().tokens(), trace.probability(), Double::sum));
        return law;
    }

    private static void assertMasked(Pair pair) {
        Map<List<Integer>, Double> masked = law(traces(TokenwiseSampler.masked(), pair.tree()));
        for (int drafted = 1; drafted <= 3; drafted++) {
            List<EnumeratedChoices.Trace<Sample>> traces =
                    traces(SpeculativeSampler.masked(pair.draft(), drafted), pair.tree());
            ExactLaw.assertMeasure(masked, law(traces), 1e-12);
            ExactLaw.assertMeasure(pair.tree().probabilities(), ExactLaw.measure(traces), 1e-12);
            assertEquals(Target.MASKED, traces.get(0).result().target());
        }
    }

    /** Trees of candidates, by both rules, have the law of plain masked sampling. */
    private static void assertCandidates(Pair pair, int[]... widths) {
        Map<List<Integer>, Double> masked = law(traces(TokenwiseSampler.masked(), pair.tree()));
        for (int[] each : widths) {
            for (SequenceSampler sampler : List.of(
                    SpeculativeSampler.withoutReplacement(pair.draft(), each),
                    SpeculativeSampler.transport(pair.draft(), each))) {
                List<EnumeratedChoices.Trace<Sample>> traces = traces(sampler, pair.tree());
                ExactLaw.assertMeasure(masked, law(traces), 1e-12);
                ExactLaw.assertMeasure(pair.tree().probabilities(), ExactLaw.measure(traces), 1e-12);
                assertEquals(Target.MASKED, traces.get(0).result().target());
            }
        }
    }

    private static void assertRestricted(Pair pair) {
        double z = pair.tree().evidence();
        Map<List<Integer>, Double> target = pair.tree().probabilities();
        target.replaceAll((tokens, p) -> p / z);
        EnumeratedTree mass =
                EnumeratedTree.of(pair.tree(), 1000, new Cancellation()).orElseThrow();
        for (int drafted = 1; drafted <= 3; drafted++) {
            List<EnumeratedChoices.Trace<Sample>> traces =
                    traces(SpeculativeSampler.restricted(pair.draft(), drafted, mass), pair.tree());
            ExactLaw.assertMeasure(target, law(traces), 1e-12);
            for (EnumeratedChoices.Trace<Sample> trace : traces) {
                assertEquals(Math.log(z), trace.result().logWeight(), 1e-12, pair.name());
                assertEquals(Target.RESTRICTED, trace.result().target());
            }
        }
    }

    private static double distance(Map<List<Integer>, Double> one, Map<List<Integer>, Double> other) {
        return one.keySet().stream()
                        .mapToDouble(text -> Math.abs(one.getOrDefault(text, 0.0) - other.getOrDefault(text, 0.0)))
                        .sum()
                / 2;
    }

    @Test
    void textsHaveTheMaskedLawWhateverTheDraft() {
        assertMasked(gad3());
        assertMasked(new Pair("its own draft", HashTree.gad3(), HashTree.gad3()));
    }

    @Test
    void textsHaveTheMaskedLawOnTheGoldenCases() {
        golden().forEach(SpeculativeSamplerTest::assertMasked);
    }

    @Test
    void treesOfCandidatesHaveTheMaskedLawWhateverTheDraft() {
        assertCandidates(gad3(), new int[] {2}, new int[] {3}, new int[] {2, 1}, new int[] {1, 2});
        assertCandidates(new Pair("its own draft", HashTree.gad3(), HashTree.gad3()), new int[] {2, 1});
    }

    @Test
    void treesOfCandidatesHaveTheMaskedLawOnTheGoldenCases() {
        golden().forEach(pair -> assertCandidates(pair, new int[] {2}));
    }

    @Test
    void seededTreesOfCandidatesFollowTheMaskedLaw() {
        Pair pair = gad3();
        Map<List<Integer>, Double> masked = law(traces(TokenwiseSampler.masked(), pair.tree()));
        List<List<Integer>> texts = new ArrayList<>(masked.keySet());
        double[] law = texts.stream()
                .mapToDouble(text -> masked.getOrDefault(text, 0.0))
                .toArray();
        GTest.check(counts(SpeculativeSampler.withoutReplacement(pair.draft(), 3, 2, 1), pair, texts), law);
        GTest.check(counts(SpeculativeSampler.transport(pair.draft(), 3, 2, 1), pair, texts), law);
    }

    @Test
    void moreCandidatesTakeFewerPasses() {
        int[] passes = new int[4];
        for (int width = 1; width <= 3; width++) {
            CountingTree tree = new CountingTree(HashTree.gad3());
            SpeculativeSampler.withoutReplacement(HashTree.gad3(21), width, width, width)
                    .sample(tree, 300, SamplingRun.seeded(5));
            passes[width] = tree.passes;
        }
        assertTrue(passes[1] > passes[2] && passes[2] >= passes[3], passes[1] + ", " + passes[2] + ", " + passes[3]);
    }

    @Test
    void withExactMassesTextsHaveTheModelsLawRestrictedToTheLanguage() {
        assertRestricted(gad3());
    }

    @Test
    void withExactMassesTextsHaveTheModelsLawOnTheGoldenCases() {
        golden().forEach(SpeculativeSamplerTest::assertRestricted);
    }

    @Test
    void judgingByTheUnmaskedLawIsWrong() {
        Pair pair = gad3();
        Map<List<Integer>, Double> masked = law(traces(TokenwiseSampler.masked(), pair.tree()));
        for (int drafted = 1; drafted <= 3; drafted++) {
            SequenceSampler wrong = unmasked(pair, drafted);
            double distance = distance(masked, law(traces(wrong, pair.tree())));
            assertTrue(distance > 0.01, "total variation " + distance + " for " + drafted);
        }
    }

    @Test
    void seededSamplesFollowTheMaskedLawAndMutantsDoNot() {
        Pair pair = gad3();
        Map<List<Integer>, Double> masked = law(traces(TokenwiseSampler.masked(), pair.tree()));
        List<List<Integer>> texts = new ArrayList<>(masked.keySet());
        double[] law = texts.stream()
                .mapToDouble(text -> masked.getOrDefault(text, 0.0))
                .toArray();
        GTest.check(counts(SpeculativeSampler.masked(pair.draft(), 2), pair, texts), law);
        SequenceSampler wrong = unmasked(pair, 2);
        assertTrue(GTest.rejects(counts(wrong, pair, texts), law), "the test cannot tell the unmasked law");
    }

    private static long[] counts(SequenceSampler sampler, Pair pair, List<List<Integer>> texts) {
        long[] counts = new long[texts.size()];
        sampler.sample(pair.tree(), 20_000, SamplingRun.seeded(6))
                .samples()
                .forEach(sample -> counts[texts.indexOf(sample.tokens())]++);
        return counts;
    }

    /** Passes on all questions, and counts the forward passes. */
    private static final class CountingTree implements TokenTree {

        private final TokenTree tree;
        private int passes;

        CountingTree(TokenTree tree) {
            this.tree = tree;
        }

        @Override
        public Prefix root() {
            return tree.root();
        }

        @Override
        public List<TokenLaw> next(List<Prefix> prefixes) {
            passes++;
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

    @Test
    void aDraftByTheModelItselfIsKeptAndSavesPasses() {
        CountingTree tree = new CountingTree(HashTree.gad3());
        SampleSet set = SpeculativeSampler.masked(HashTree.gad3(), 3).sample(tree, 100, SamplingRun.seeded(3));
        assertEquals(1, set.acceptance().orElseThrow());
        assertEquals(100, tree.passes);
        assertEquals(400, set.calls());
        CountingTree other = new CountingTree(HashTree.gad3());
        SampleSet worse = SpeculativeSampler.masked(HashTree.gad3(21), 3).sample(other, 100, SamplingRun.seeded(3));
        assertTrue(worse.acceptance().orElseThrow() < 1);
        assertTrue(other.passes > 100 && other.passes < 400, "passes " + other.passes);
    }

    @Test
    void theSameTextsComeThroughSessionsOfModels() {
        Pair pair = gad3();
        try (ModelTree tree = pair.tree().throughSessions();
                ModelTree draft = pair.draft().throughSessions()) {
            SampleSet through = SpeculativeSampler.masked(draft, 3).sample(tree, 300, SamplingRun.seeded(4));
            SampleSet exact =
                    SpeculativeSampler.masked(pair.draft(), 3).sample(pair.tree(), 300, SamplingRun.seeded(4));
            assertEquals(exact.acceptance(), through.acceptance());
            for (int i = 0; i < 300; i++) {
                Sample sample = through.samples().get(i);
                assertEquals(exact.samples().get(i).tokens(), sample.tokens());
                assertEquals(exact.samples().get(i).logWeight(), sample.logWeight(), 1e-5);
            }
        }
    }

    @Test
    void massesOfAnotherModelAreRefused() {
        EnumeratedTree other =
                EnumeratedTree.of(HashTree.gad3(5), 1000, new Cancellation()).orElseThrow();
        SpeculativeSampler sampler = SpeculativeSampler.restricted(HashTree.gad3(21), 2, other);
        assertThrows(InvalidInputException.class, () -> sampler.sample(HashTree.gad3(), 20, SamplingRun.seeded(1)));
    }

    @Test
    void cancellationKeepsWhatIsFinished() {
        Cancellation cancellation = new Cancellation();
        Consumer<Sample> cancel = sample -> cancellation.cancel();
        SampleSet set = SpeculativeSampler.masked(HashTree.gad3(21), 2)
                .sample(
                        HashTree.gad3(),
                        9,
                        SamplingRun.seeded(1).with(cancellation).with(cancel));
        assertEquals(1, set.samples().size());
        assertTrue(set.cancelled());
        assertThrows(InvalidInputException.class, () -> SpeculativeSampler.masked(HashTree.gad3(), 0));
    }
}
