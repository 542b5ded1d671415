// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.sequence.ExactLaw;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AsapSamplerTest {

    private static LearnedTrie trie(int maxNodes) {
        return new LearnedTrie(LearnedTrie.Learning.MASKS, maxNodes);
    }

    /** The probability that the model completes a text within the language. */
    private static double completion(HashTree tree, Prefix prefix) {
        if (prefix.isComplete()) {
            return 1;
        }
        double sum = 0;
        for (int token : prefix.mask().ids()) {
            sum += tree.next(prefix).of(token) * completion(tree, prefix.then(token));
        }
        return sum;
    }

    private static Prefix prefix(HashTree tree, LearnedTrie trie, int node) {
        return trie.parent(node) == LearnedTrie.NONE
                ? tree.root()
                : prefix(tree, trie, trie.parent(node)).then(trie.token(node));
    }

    private static void checkState(HashTree tree, TrieStates states, LearnedTrie state) {
        Map<List<Integer>, Double> measure = new HashMap<>();
        for (TrieStates.Run run : states.runs(state)) {
            Sample sample = run.sample().orElseThrow();
            assertEquals(sample.complete(), sample.logWeight() > Double.NEGATIVE_INFINITY);
            if (sample.complete()) {
                measure.merge(sample.tokens(), run.probability() * Math.exp(sample.logWeight()), Double::sum);
            }
            assertTrue(run.after().logBound() <= state.logBound() + 1e-14, "a bound has risen");
        }
        ExactLaw.assertMeasure(tree.probabilities(), measure, 1e-12);
        for (int node = 0; node < state.size(); node++) {
            double bound = Math.exp(state.logBound(node));
            assertTrue(bound >= completion(tree, prefix(tree, state, node)) * (1 - 1e-13), "not a bound");
        }
    }

    @Test
    void weightsMakeItTheModelsLawAfterEveryHistory() {
        for (int maxNodes : new int[] {0, 1, 2, 5, 1000}) {
            for (HashTree tree : List.of(HashTree.gad3(), HashTree.bits("00", "10", "11"), HashTree.bits("0", "11"))) {
                TrieStates states = new TrieStates(tree, AsapSampler::new);
                for (LearnedTrie state : states.reachable(trie(maxNodes), 100_000)) {
                    checkState(tree, states, state);
                }
            }
        }
    }

    @Test
    void weightsMakeItTheModelsLawOnTheGoldenCases() {
        List<GoldenCase> cases = GoldenCase.all();
        for (GoldenCase golden : cases) {
            HashTree tree = HashTree.of(golden);
            for (int runs : new int[] {1, 3, 20}) {
                LearnedTrie trie = trie(1000);
                new AsapSampler(trie).sample(tree, runs, SamplingRun.seeded(runs));
                checkState(tree, new TrieStates(tree, AsapSampler::new), trie);
            }
        }
    }

    @Test
    void theLawOfEachRunIsAsFarAsPublished() {
        HashTree tree = HashTree.gad3();
        TrieStates states = new TrieStates(tree, AsapSampler::new);
        double[] published = {2.2972, 1.0628, .2319, .1869, .1306, .0848, .0535, .0332};
        Map<String, LearnedTrie> tries = new HashMap<>();
        Map<String, Double> now = new LinkedHashMap<>(Map.of(TrieStates.key(trie(100)), 1.0));
        tries.put(TrieStates.key(trie(100)), trie(100));
        for (double expected : published) {
            Map<String, Double> next = new LinkedHashMap<>();
            Map<List<Integer>, Double> law = new HashMap<>();
            now.forEach((key, probability) -> {
                for (TrieStates.Run run : states.runs(tries.getOrDefault(key, trie(100)))) {
                    double p = probability * run.probability();
                    law.merge(run.sample().orElseThrow().tokens(), p, Double::sum);
                    tries.putIfAbsent(TrieStates.key(run.after()), run.after());
                    next.merge(TrieStates.key(run.after()), p, Double::sum);
                }
            });
            assertEquals(expected, TrieStates.divergence(tree, law), 5.1e-5);
            now = next;
        }
    }

    @Test
    void theEvidenceIsUnbiased() {
        HashTree tree = HashTree.gad3();
        double mean = 0;
        for (EnumeratedChoices.Trace<SampleSet> trace :
                ExactLaw.walk(choices -> new AsapSampler().sample(tree, 3, ExactLaw.run(choices)))) {
            mean += trace.probability() * Math.exp(trace.result().logEvidence().orElseThrow());
        }
        assertEquals(tree.evidence(), mean, 1e-12 * tree.evidence());
    }

    @Test
    void deadEndsCountWithWeightZeroAndAreLearned() {
        GoldenCase golden = GoldenCase.all().stream()
                .filter(one -> one.name().equals("tokdead"))
                .findFirst()
                .orElseThrow();
        HashTree tree = HashTree.of(golden);
        SampleSet set = new AsapSampler().sample(tree, 2000, SamplingRun.seeded(6));
        long dead = set.samples().stream().filter(sample -> !sample.complete()).count();
        assertTrue(dead > 0 && dead < 100, dead + " dead ends");
        assertEquals(2000, set.samples().size());
        Sample last = set.samples().get(1999);
        assertEquals(Math.log(tree.evidence()), last.logWeight(), 0.01);
    }

    @Test
    void aLanguageWithoutMassHasWeightZero() {
        SampleSet set = new AsapSampler().sample(HashTree.bits(), 3, SamplingRun.seeded(1));
        assertEquals(3, set.samples().size());
        assertEquals(Double.NEGATIVE_INFINITY, set.logEvidence().orElseThrow());
    }
}
