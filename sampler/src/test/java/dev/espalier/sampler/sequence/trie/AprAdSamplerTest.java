// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.decode.GoldenCase;
import dev.espalier.sampler.sequence.ExactLaw;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.tokenwise.TokenwiseSampler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AprAdSamplerTest {

    private static final double LEAST = 1e-6;

    /** Where the sampler is between two texts: what it knows, the node it goes on from, the child that may not come. */
    private record Point(byte[] trie, int node, int except) {

        private static Point of(LearnedTrie trie, int node, int except) {
            return new Point(TrieStates.bytes(trie), node, except);
        }

        private LearnedTrie copy() {
            return TrieStates.trie(trie, LearnedTrie.MAX_NODES);
        }

        private String key() {
            LearnedTrie known = copy();
            String child = except == LearnedTrie.NONE ? "" : " but " + known.token(except);
            return TrieStates.key(known) + (node == LearnedTrie.NONE ? "" : path(known, node)) + child;
        }

        private static List<Integer> path(LearnedTrie known, int node) {
            List<Integer> path = new ArrayList<>();
            for (int at = node; known.parent(at) != LearnedTrie.NONE; at = known.parent(at)) {
                path.add(0, known.token(at));
            }
            return path;
        }
    }

    /** The exact law of the text that comes out, by the sampler's own steps. */
    private static Map<List<Integer>, Double> law(
            HashTree tree, Point from, Map<String, Map<List<Integer>, Double>> known) {
        String key = from.key();
        Map<List<Integer>, Double> before = known.get(key);
        if (before != null) {
            return before;
        }
        Map<List<Integer>, Double> law = new HashMap<>();
        List<Point> next = new ArrayList<>();
        List<EnumeratedChoices.Trace<Optional<List<Integer>>>> traces = EnumeratedChoices.walk(choices -> {
            LearnedTrie trie = from.copy();
            LearningWalk walk = new LearningWalk(trie, tree, false, choices);
            if (from.node() != LearnedTrie.NONE) {
                Prefix prefix = tree.root();
                for (int token : Point.path(trie, from.node())) {
                    prefix = prefix.then(token);
                }
                walk.moveTo(prefix, from.node());
            }
            if (walk.write(from.except(), new Cancellation()) == LearningWalk.Stage.COMPLETE) {
                Sample sample = Sample.of(tree, walk.text(), 0, 0, Target.HEURISTIC);
                next.add(from);
                return Optional.of(sample.tokens());
            }
            int except = AprAdSampler.retreat(trie, walk, choices);
            next.add(Point.of(trie, walk.deepest(), except));
            return Optional.empty();
        });
        for (int i = 0; i < traces.size(); i++) {
            double probability = traces.get(i).probability();
            Map<List<Integer>, Double> rest = traces.get(i).result().isPresent()
                    ? Map.of(traces.get(i).result().orElseThrow(), 1.0)
                    : law(tree, next.get(i), known);
            rest.forEach((text, p) -> law.merge(text, probability * p, Double::sum));
        }
        known.put(key, law);
        return law;
    }

    private static Map<List<Integer>, Double> law(HashTree tree) {
        LearnedTrie empty = new LearnedTrie(LearnedTrie.Learning.TOKENS, LearnedTrie.MAX_NODES);
        return law(tree, Point.of(empty, LearnedTrie.NONE, LearnedTrie.NONE), new HashMap<>());
    }

    /** The law of a sampler as far as its traces are not too rare. */
    private static Map<List<Integer>, Double> frequentLaw(HashTree tree, SequenceSampler sampler) {
        Map<List<Integer>, Double> law = new HashMap<>();
        for (EnumeratedChoices.Trace<Sample> trace : EnumeratedChoices.walk(
                choices ->
                        sampler.sample(tree, 1, ExactLaw.run(choices)).samples().get(0),
                LEAST)) {
            law.merge(trace.result().tokens(), trace.probability(), Double::sum);
        }
        return law;
    }

    private static double distance(HashTree tree, Map<List<Integer>, Double> law) {
        double z = tree.evidence();
        return tree.probabilities().entrySet().stream()
                        .mapToDouble(text -> Math.abs(text.getValue() / z - law.getOrDefault(text.getKey(), 0.0)))
                        .sum()
                / 2;
    }

    @Test
    void theLawIsAsCloseAsPublished() {
        Map<List<Integer>, Double> law = law(HashTree.bits("00", "10", "11"));
        assertEquals(.00582, law.getOrDefault(List.of(0, 0), 0.0), 5.1e-6);
        assertEquals(.85643, law.getOrDefault(List.of(1, 0), 0.0), 5.1e-6);
        assertEquals(.13774, law.getOrDefault(List.of(1, 1), 0.0), 5.1e-6);
        check(HashTree.bits("00", "10", "11"), .0023, .0225, 2.54);
        check(HashTree.bits("00", "01", "1"), .0052, .0153, 2.47);
        check(HashTree.bits("0", "11"), .0046, .0089, .065);
    }

    private static void check(HashTree tree, double divergence, double distance, double masked) {
        Map<List<Integer>, Double> law = law(tree);
        assertEquals(1, law.values().stream().mapToDouble(p -> p).sum(), 1e-12);
        assertEquals(divergence, TrieStates.divergence(tree, law), 5.1e-5);
        assertEquals(distance, distance(tree, law), 5.1e-5);
        assertEquals(masked, TrieStates.divergence(tree, frequentLaw(tree, TokenwiseSampler.masked())), 5.1e-3);
        Map<List<Integer>, Double> frequent = frequentLaw(tree, new AprAdSampler());
        double missing = 1 - frequent.values().stream().mapToDouble(p -> p).sum();
        assertTrue(missing < 0.02, missing + " is in rare traces");
        law.forEach((text, p) -> assertEquals(p, frequent.getOrDefault(text, 0.0) + missing / 2, missing / 2 + 1e-12));
    }

    @Test
    void goldenCasesEndInTheirLanguages() {
        List<GoldenCase> cases = GoldenCase.all();
        for (GoldenCase golden : cases) {
            HashTree tree = HashTree.of(golden);
            SampleSet set = new AprAdSampler().sample(tree, 300, SamplingRun.seeded(9));
            assertFalse(set.cancelled());
            for (Sample sample : set.samples()) {
                assertTrue(sample.complete());
                double p = tree.probabilities().getOrDefault(sample.tokens(), 0.0);
                assertEquals(Math.log(p), sample.logProbability(), 1e-9);
            }
        }
    }

    @Test
    void aLanguageWithoutMassIsGivenUp() {
        Sample sample = new AprAdSampler()
                .sample(HashTree.bits(), 1, SamplingRun.seeded(1))
                .samples()
                .get(0);
        assertFalse(sample.complete());
        assertEquals(Double.NEGATIVE_INFINITY, sample.logWeight());
    }

    @Test
    void cancellationKeepsWhatIsFinished() {
        Cancellation cancellation = new Cancellation();
        SampleSet set = new AprAdSampler()
                .sample(
                        HashTree.gad3(),
                        100,
                        SamplingRun.seeded(1).with(cancellation).with((Sample sample) -> cancellation.cancel()));
        assertTrue(set.cancelled());
        assertEquals(1, set.samples().size());
    }
}
