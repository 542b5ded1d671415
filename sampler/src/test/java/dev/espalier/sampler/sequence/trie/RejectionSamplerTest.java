// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.GTest;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.law.Choices;
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
import dev.espalier.sampler.sequence.tokenwise.TokenwiseSampler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RejectionSamplerTest {

    private static final int MANY = 20_000;

    private static LearnedTrie tokens(int maxNodes) {
        return new LearnedTrie(LearnedTrie.Learning.TOKENS, maxNodes);
    }

    private static LearnedTrie masks(int maxNodes) {
        return new LearnedTrie(LearnedTrie.Learning.MASKS, maxNodes);
    }

    private static TrieStates states(HashTree tree, LearnedTrie.Learning learning) {
        return new TrieStates(
                tree,
                learning == LearnedTrie.Learning.MASKS ? RejectionSampler::constrained : RejectionSampler::adaptive);
    }

    /** The mass of what the first token of a run is drawn from. */
    private static double bound(HashTree tree, LearnedTrie trie) {
        boolean masksFirst = trie.size() == 0 && trie.learning() == LearnedTrie.Learning.MASKS;
        return masksFirst ? tree.next(tree.root()).of(tree.root().mask()) : Math.exp(trie.logBound());
    }

    private static int checkStates(HashTree tree, LearnedTrie start, int most) {
        TrieStates states = states(tree, start.learning());
        List<LearnedTrie> all = states.reachable(start, most);
        for (LearnedTrie state : all) {
            double bound = bound(tree, state);
            Map<List<Integer>, Double> expected = new HashMap<>();
            tree.probabilities().forEach((text, p) -> expected.put(text, p / bound));
            ExactLaw.assertMeasure(expected, states.law(state), 1e-12);
            double total = 0;
            for (TrieStates.Run run : states.runs(state)) {
                total += run.probability();
                double after = bound(tree, run.after());
                assertTrue(after <= bound * (1 + 1e-14), "the accepted share has fallen");
                boolean learns = run.after().size() < state.maxNodes();
                if (run.sample().isEmpty() && learns && state.size() > 0) {
                    assertTrue(after < bound, "a run failed where others had failed before");
                }
            }
            assertEquals(1, total, 1e-12);
        }
        return all.size();
    }

    @Test
    void inEveryStateATextComesWithItsProbabilityOverTheBound() {
        List<HashTree> trees =
                List.of(HashTree.bits("00", "10", "11"), HashTree.bits("00", "01", "1"), HashTree.bits("0", "11"));
        StringBuilder counts = new StringBuilder();
        for (HashTree tree : trees) {
            counts.append(checkStates(tree, masks(1000), 100_000)).append(" of masks, ");
            counts.append(checkStates(tree, tokens(1000), 4_000)).append(" of tokens, ");
        }
        counts.append(checkStates(HashTree.gad3(), masks(1000), 100_000)).append(" of masks, ");
        counts.append(checkStates(HashTree.gad3(), tokens(1000), 1_000)).append(" of tokens");
        System.out.println("states of tries: " + counts);
    }

    @Test
    void aTrieThatIsFullChangesNoLaw() {
        for (int maxNodes = 0; maxNodes <= 6; maxNodes++) {
            assertTrue(checkStates(HashTree.gad3(), masks(maxNodes), 10_000) >= 1);
            assertTrue(checkStates(HashTree.bits("00", "10", "11"), tokens(maxNodes), 10_000) >= 1);
        }
    }

    @Test
    void everyTraceOfTheNextRunOnTheGoldenCases() {
        List<GoldenCase> cases = GoldenCase.all();
        for (GoldenCase golden : cases) {
            HashTree tree = HashTree.of(golden);
            for (int runs : new int[] {1, 4, 40}) {
                for (LearnedTrie trie : List.of(masks(1000), tokens(1000))) {
                    SequenceSampler sampler = trie.learning() == LearnedTrie.Learning.MASKS
                            ? RejectionSampler.constrained(trie)
                            : RejectionSampler.adaptive(trie);
                    sampler.sample(
                            tree, Integer.MAX_VALUE, SamplingRun.seeded(runs).withMaxRuns(runs));
                    checkStates(tree, trie, 1);
                }
            }
        }
    }

    @Test
    void theFirstTwoSamplesAreIndependent() {
        HashTree tree = HashTree.bits("00", "10", "11");
        double z = tree.evidence();
        for (LearnedTrie start : List.of(masks(1000), tokens(1000))) {
            Map<List<List<Integer>>, Double> joint =
                    accepted(states(tree, start.learning()), start, 2, new HashMap<>());
            tree.probabilities()
                    .forEach((first, p) -> tree.probabilities()
                            .forEach((second, q) -> assertEquals(
                                    p / z * q / z, joint.getOrDefault(List.of(first, second), 0.0), 1e-12)));
            assertEquals(9, joint.size());
        }
    }

    /** The joint law of the next texts that are accepted. */
    private static Map<List<List<Integer>>, Double> accepted(
            TrieStates states, LearnedTrie state, int count, Map<String, Map<List<List<Integer>>, Double>> known) {
        if (count == 0) {
            return Map.of(List.of(), 1.0);
        }
        String key = count + TrieStates.key(state);
        Map<List<List<Integer>>, Double> before = known.get(key);
        if (before != null) {
            return before;
        }
        Map<List<List<Integer>>, Double> law = new HashMap<>();
        for (TrieStates.Run run : states.runs(state)) {
            List<List<Integer>> first =
                    run.sample().map(Sample::tokens).map(List::of).orElse(List.of());
            accepted(states, run.after(), count - first.size(), known).forEach((rest, probability) -> {
                List<List<Integer>> texts = new ArrayList<>(first);
                texts.addAll(rest);
                law.merge(texts, run.probability() * probability, Double::sum);
            });
        }
        known.put(key, law);
        return law;
    }

    @Test
    void theFirstRunIsAcceptedAsOftenAsPublished() {
        HashTree tree = HashTree.gad3();
        assertEquals(
                0.001758,
                states(tree, LearnedTrie.Learning.TOKENS).law(tokens(100)).values().stream()
                        .mapToDouble(p -> p)
                        .sum(),
                5e-7);
        assertEquals(
                0.004303,
                states(tree, LearnedTrie.Learning.MASKS).law(masks(100)).values().stream()
                        .mapToDouble(p -> p)
                        .sum(),
                5e-7);
    }

    @Test
    void samplesFollowTheLawAndThoseOfPlainMaskingDoNot() {
        List<GoldenCase> cases = GoldenCase.all();
        StringBuilder runs = new StringBuilder();
        for (GoldenCase golden : cases) {
            HashTree tree = HashTree.of(golden);
            List<SequenceSampler> samplers =
                    new ArrayList<>(List.of(RejectionSampler.constrained(), RejectionSampler.adaptive()));
            if (tree.evidence() > 0.05) {
                samplers.add(RejectionSampler.plain());
            }
            for (SequenceSampler sampler : samplers) {
                SampleSet set = sampler.sample(tree, MANY, SamplingRun.seeded(11));
                assertEquals(MANY, set.samples().size());
                assertFalse(set.cancelled());
                GTest.check(counts(tree, set), law(tree));
                runs.append(golden)
                        .append(' ')
                        .append(sampler.name())
                        .append(' ')
                        .append(set.runs())
                        .append(", ");
            }
            SampleSet masked = TokenwiseSampler.masked().sample(tree, MANY, SamplingRun.seeded(11));
            assertTrue(GTest.rejects(counts(tree, masked), law(tree)), golden + ": the test sees no difference");
        }
        System.out.println("runs for " + MANY + " samples: " + runs);
    }

    private static double[] law(HashTree tree) {
        double z = tree.evidence();
        return texts(tree).stream()
                .mapToDouble(text -> tree.probabilities().getOrDefault(text, 0.0) / z)
                .toArray();
    }

    private static List<List<Integer>> texts(HashTree tree) {
        return List.copyOf(tree.probabilities().keySet());
    }

    private static long[] counts(HashTree tree, SampleSet set) {
        Map<List<Integer>, Integer> index = new HashMap<>();
        texts(tree).forEach(text -> index.put(text, index.size()));
        long[] counts = new long[index.size()];
        set.samples().stream()
                .filter(Sample::complete)
                .forEach(sample -> counts[index.getOrDefault(sample.tokens(), -1)]++);
        return counts;
    }

    @Test
    void failuresAreNeverRepeatedAndWhatIsKnownCostsNothing() {
        List<GoldenCase> cases = GoldenCase.all();
        for (GoldenCase golden : cases) {
            HashTree tree = HashTree.of(golden);
            RejectionSampler sampler = RejectionSampler.constrained();
            SampleSet set = sampler.sample(tree, MANY, SamplingRun.seeded(2));
            assertTrue(set.runs() - MANY <= sampler.trie().size(), golden + ": more failures than dead beginnings");
            assertTrue(set.calls() <= 2L * sampler.trie().size(), golden.name());
        }
        HashTree tree = HashTree.bits("0", "11");
        RejectionSampler sampler = RejectionSampler.constrained();
        sampler.sample(tree, 1000, SamplingRun.seeded(1));
        assertEquals(tree.evidence(), Math.exp(sampler.trie().logBound()), 1e-15);
        SampleSet more = sampler.sample(tree, 100, SamplingRun.seeded(2));
        assertEquals(0, more.calls());
        assertEquals(100, more.runs());
        assertEquals(OptionalDouble.of(1), more.acceptance());
    }

    @Test
    void theEvidenceOfPlainRejectionIsUnbiased() {
        HashTree tree = HashTree.bits("0", "1", "00");
        for (int maxRuns = 1; maxRuns <= 4; maxRuns++) {
            long most = maxRuns;
            double mean = 0;
            for (EnumeratedChoices.Trace<SampleSet> trace : ExactLaw.walk(choices -> RejectionSampler.plain()
                    .sample(tree, 2, ExactLaw.run(choices).withMaxRuns(most)))) {
                mean += trace.probability()
                        * Math.exp(trace.result().logEvidence().orElseThrow());
            }
            assertEquals(tree.evidence(), mean, 1e-13);
        }
        assertEquals(
                OptionalDouble.empty(),
                RejectionSampler.plain().sample(tree, 1, SamplingRun.seeded(1)).logEvidence());
        assertEquals(
                OptionalDouble.empty(),
                RejectionSampler.constrained()
                        .sample(tree, 5, SamplingRun.seeded(1))
                        .logEvidence());
    }

    @Test
    void aRunsChoicesAreThoseOfItsNumber() {
        HashTree tree = HashTree.gad3();
        List<Long> asked = new ArrayList<>();
        SamplingRun run = new SamplingRun(
                index -> {
                    asked.add(index);
                    return Choices.seeded(5, index);
                },
                new Cancellation(),
                sample -> {},
                Long.MAX_VALUE);
        SampleSet first = RejectionSampler.plain().sample(tree, 3, run);
        for (int i = 0; i < first.runs(); i++) {
            assertEquals(i, asked.get(i));
        }
        RejectionSampler used = RejectionSampler.plain();
        used.sample(tree, 2, SamplingRun.seeded(77));
        assertEquals(first, used.sample(tree, 3, SamplingRun.seeded(5)));
    }

    @Test
    void samplesSayWhatTheyAre() {
        HashTree tree = HashTree.gad3();
        for (RejectionSampler sampler : List.of(RejectionSampler.adaptive(), RejectionSampler.constrained())) {
            for (Sample sample : sampler.sample(tree, 50, SamplingRun.seeded(3)).samples()) {
                assertTrue(sample.complete());
                assertEquals(Target.RESTRICTED, sample.target());
                assertEquals(0, sample.logWeight());
                double p = tree.probabilities().getOrDefault(sample.tokens(), 0.0);
                assertEquals(Math.log(p), sample.logProbability(), 1e-12);
            }
        }
    }

    @Test
    void aLanguageWithoutMassEndsWhereItIsProven() {
        HashTree tree = HashTree.bits();
        SampleSet set = RejectionSampler.constrained().sample(tree, 3, SamplingRun.seeded(1));
        assertTrue(set.cancelled());
        assertEquals(1, set.runs());
        assertEquals(OptionalDouble.of(Double.NEGATIVE_INFINITY), set.logEvidence());
    }

    @Test
    void whatInterruptsARunLeavesTheTrieExact() {
        for (int call = 1; call < 7; call++) {
            int stop = call;
            HashTree tree = HashTree.gad3();
            LearnedTrie trie = masks(1000);
            Cancellation cancellation = new Cancellation();
            Watched cancelling = new Watched(tree, () -> {
                if (tree.calls() + 1 >= stop) {
                    cancellation.cancel();
                }
                return false;
            });
            SampleSet set = RejectionSampler.constrained(trie)
                    .sample(
                            cancelling,
                            Integer.MAX_VALUE,
                            SamplingRun.seeded(stop).with(cancellation));
            assertTrue(set.cancelled());
            checkStates(tree, trie, 1);
            HashTree other = HashTree.gad3();
            LearnedTrie failed = masks(1000);
            Watched failing = new Watched(other, () -> other.calls() + 1 >= stop);
            RejectionSampler sampler = RejectionSampler.constrained(failed);
            assertThrows(
                    IllegalStateException.class,
                    () -> sampler.sample(failing, Integer.MAX_VALUE, SamplingRun.seeded(stop)));
            checkStates(other, failed, 1);
        }
    }

    @Test
    void aModelThatIsReadThroughSessionsBringsTheSameTexts() {
        HashTree tree = HashTree.gad3();
        List<Supplier<SequenceSampler>> samplers = List.of(
                RejectionSampler::plain,
                RejectionSampler::adaptive,
                RejectionSampler::constrained,
                AsapSampler::new,
                AprAdSampler::new);
        for (Supplier<SequenceSampler> sampler : samplers) {
            try (ModelTree sessions = tree.throughSessions()) {
                SampleSet expected = sampler.get().sample(tree, 5, SamplingRun.seeded(21));
                SampleSet actual = sampler.get().sample(sessions, 5, SamplingRun.seeded(21));
                assertEquals(expected.runs(), actual.runs());
                for (int i = 0; i < 5; i++) {
                    Sample sample = actual.samples().get(i);
                    assertEquals(expected.samples().get(i).tokens(), sample.tokens());
                    assertEquals(expected.samples().get(i).logWeight(), sample.logWeight(), 1e-5);
                    assertEquals(expected.samples().get(i).logProbability(), sample.logProbability(), 1e-5);
                }
            }
        }
    }

    @Test
    void anotherTreeOrAnotherKindOfTrieIsRefused() {
        RejectionSampler sampler = RejectionSampler.constrained();
        sampler.sample(HashTree.gad3(), 1, SamplingRun.seeded(1));
        assertThrows(InvalidInputException.class, () -> sampler.sample(HashTree.gad3(), 1, SamplingRun.seeded(1)));
        RejectionSampler plain = RejectionSampler.plain();
        assertEquals(
                plain.sample(HashTree.gad3(), 1, SamplingRun.seeded(1)),
                plain.sample(HashTree.gad3(), 1, SamplingRun.seeded(1)));
        assertThrows(InvalidInputException.class, () -> RejectionSampler.constrained(tokens(5)));
        assertThrows(InvalidInputException.class, () -> RejectionSampler.adaptive(masks(5)));
        assertThrows(InvalidInputException.class, () -> new AsapSampler(tokens(5)));
    }

    /** A tree that fails before it answers, where it is told to. */
    private record Watched(HashTree tree, BooleanSupplier fails) implements TokenTree {

        @Override
        public Prefix root() {
            return tree.root();
        }

        @Override
        public List<TokenLaw> next(List<Prefix> prefixes) {
            if (fails.getAsBoolean()) {
                throw new IllegalStateException("the model broke");
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
}
