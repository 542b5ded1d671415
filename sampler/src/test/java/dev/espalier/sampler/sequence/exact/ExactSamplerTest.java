// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.GTest;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.numeric.LogWeights;
import dev.espalier.sampler.sequence.ExactLaw;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.ModelTree;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.tokenwise.TokenwiseSampler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExactSamplerTest {

    private static void assertExact(HashTree tree, double z) {
        ExactSampler sampler = new ExactSampler();
        Map<List<Integer>, Double> law = new HashMap<>();
        List<EnumeratedChoices.Trace<SampleSet>> traces =
                ExactLaw.walk(choices -> sampler.sample(tree, 1, ExactLaw.run(choices)));
        for (EnumeratedChoices.Trace<SampleSet> trace : traces) {
            Sample sample = trace.result().samples().get(0);
            assertEquals(Target.RESTRICTED, sample.target());
            assertTrue(sample.complete());
            assertEquals(Math.log(z), sample.logWeight(), 1e-12);
            assertEquals(Math.log(z), trace.result().logEvidence().orElseThrow(), 1e-12);
            assertEquals(
                    Math.log(tree.probabilities().getOrDefault(sample.tokens(), 0.0)), sample.logProbability(), 1e-12);
            law.merge(sample.tokens(), trace.probability(), Double::sum);
        }
        Map<List<Integer>, Double> target = tree.probabilities();
        target.replaceAll((tokens, p) -> p / z);
        ExactLaw.assertMeasure(target, law, 1e-12);
        List<Integer> best =
                Collections.max(target.entrySet(), Map.Entry.comparingByValue()).getKey();
        assertEquals(
                best,
                sampler.mostProbable(tree, new Cancellation()).orElseThrow().tokens());
    }

    @Test
    void everyTextHasItsProbabilityAmongTheTextsOfTheLanguage() {
        assertExact(HashTree.gad3(), 20114810763933401387322247.0 / 11439058237919442838936488960.0);
    }

    @Test
    void everyTextHasItsProbabilityOnTheGoldenCases() {
        List<GoldenCase> cases = GoldenCase.all();
        for (GoldenCase golden : cases) {
            double z =
                    golden.sequences().stream().mapToDouble(GoldenCase.Entry::p).sum();
            assertExact(HashTree.of(golden), z);
        }
    }

    @Test
    void seededSamplesFollowTheLawAndMaskedSamplesDoNot() {
        HashTree tree = HashTree.gad3();
        double z = tree.evidence();
        List<Map.Entry<List<Integer>, Double>> law =
                new ArrayList<>(tree.probabilities().entrySet());
        double[] target =
                law.stream().mapToDouble(entry -> entry.getValue() / z).toArray();
        List<List<Integer>> texts = law.stream().map(Map.Entry::getKey).toList();
        SampleSet exact = new ExactSampler().sample(tree, 20_000, SamplingRun.seeded(5));
        GTest.check(counts(exact, texts), target);
        SampleSet masked = TokenwiseSampler.masked().sample(tree, 20_000, SamplingRun.seeded(5));
        assertTrue(GTest.rejects(counts(masked, texts), target), "the test cannot tell masked sampling from exact");
    }

    private static long[] counts(SampleSet set, List<List<Integer>> texts) {
        long[] counts = new long[texts.size()];
        set.samples().forEach(sample -> counts[texts.indexOf(sample.tokens())]++);
        return counts;
    }

    @Test
    void theLanguageIsEnumeratedOnceForATree() {
        HashTree tree = HashTree.gad3();
        ExactSampler sampler = new ExactSampler();
        SampleSet first = sampler.sample(tree, 100, SamplingRun.seeded(1));
        assertEquals(11, first.calls());
        assertEquals(0, sampler.sample(tree, 100, SamplingRun.seeded(2)).calls());
        assertEquals(Guarantee.EXACT, sampler.guarantee());
    }

    @Test
    void longTextsAreWeighedInLogarithms() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, "a")
                .token(1, "b")
                .special(2, "</s>")
                .endIds(2)
                .build();
        HashModel model = new HashModel(vocabulary, 11);
        String most = "a".repeat(900);
        ListedLanguage language = new ListedLanguage(vocabulary, List.of(most, most.substring(1) + "b"));
        SamplingParameters parameters = SamplingParameters.MODEL.withMaxTokens(950);
        try (ModelTree tree = new ModelTree(model, new int[] {0}, language, parameters)) {
            SampleSet set = new ExactSampler().sample(tree, 20, SamplingRun.seeded(3));
            assertTrue(set.logEvidence().orElseThrow() < Math.log(Double.MIN_VALUE));
            assertTrue(set.samples().stream().allMatch(Sample::complete));
            double mean = LogWeights.of(set.samples().stream()
                            .mapToDouble(Sample::logWeight)
                            .toArray())
                    .logMean();
            assertEquals(set.logEvidence().orElseThrow(), mean, 1e-9);
        }
    }

    @Test
    void aLargeLanguageIsALimitThatSaysHowToRaiseIt() {
        HashTree tree = HashTree.gad3();
        int size =
                EnumeratedTree.of(tree, 1000, new Cancellation()).orElseThrow().size();
        assertEquals(
                1,
                new ExactSampler(size)
                        .sample(tree, 1, SamplingRun.seeded(1))
                        .samples()
                        .size());
        ExactSampler small = new ExactSampler(size - 1);
        LimitExceededException failure =
                assertThrows(LimitExceededException.class, () -> small.sample(tree, 1, SamplingRun.seeded(1)));
        assertEquals("maxTreeNodes", failure.limit());
        assertEquals(size - 1, failure.bound());
        assertTrue(String.valueOf(failure.getMessage()).contains("larger maxTreeNodes"));
    }

    @Test
    void cancellationEndsItAndKeepsWhatIsFinished() {
        HashTree tree = HashTree.gad3();
        Cancellation early = new Cancellation();
        early.cancel();
        SampleSet none =
                new ExactSampler().sample(tree, 5, SamplingRun.seeded(1).with(early));
        assertTrue(none.cancelled());
        assertEquals(0, none.calls());
        Cancellation later = new Cancellation();
        List<Sample> seen = new ArrayList<>();
        SampleSet some = new ExactSampler()
                .sample(tree, 5, SamplingRun.seeded(1).with(later).with((Sample sample) -> {
                    seen.add(sample);
                    if (seen.size() == 2) {
                        later.cancel();
                    }
                }));
        assertTrue(some.cancelled());
        assertEquals(seen, some.samples());
        assertEquals(2, seen.size());
        assertFalse(new ExactSampler().sample(tree, 5, SamplingRun.seeded(1)).cancelled());
    }

    @Test
    void aSampleDoesNotDependOnHowManyThereAre() {
        HashTree tree = HashTree.gad3();
        ExactSampler sampler = new ExactSampler();
        List<Sample> many = sampler.sample(tree, 30, SamplingRun.seeded(8)).samples();
        assertEquals(
                many.subList(0, 7),
                sampler.sample(tree, 7, SamplingRun.seeded(8)).samples());
    }
}
