// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.sequence.ExactLaw;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SequenceSampler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Every state that a learned trie can come to, by every trace of one run after the other. */
final class TrieStates {

    private final HashTree tree;
    private final Function<LearnedTrie, SequenceSampler> sampler;
    private final Map<String, List<Run>> known = new HashMap<>();

    /** One way that a run can go: what it brought, what is known after it, and how probable it is. */
    record Run(Optional<Sample> sample, LearnedTrie after, double probability) {}

    TrieStates(HashTree tree, Function<LearnedTrie, SequenceSampler> sampler) {
        this.tree = tree;
        this.sampler = sampler;
    }

    static byte[] bytes(LearnedTrie trie) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            trie.save(bytes, "a prompt");
            return bytes.toByteArray();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static LearnedTrie trie(byte[] bytes, int maxNodes) {
        try {
            return LearnedTrie.load(new ByteArrayInputStream(bytes), "a prompt", maxNodes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a trie knows, whatever the order in which it was learned. */
    static String key(LearnedTrie trie) {
        List<String> paths = new ArrayList<>();
        for (int node = 0; node < trie.size(); node++) {
            paths.add(trie.parent(node) < 0 ? "" : paths.get(trie.parent(node)) + trie.token(node) + "/");
        }
        return new TreeSet<>(paths).toString();
    }

    /** All traces of one run, from a state on. */
    List<Run> runs(LearnedTrie from) {
        return known.computeIfAbsent(key(from), key -> {
            byte[] saved = bytes(from);
            List<Run> runs = new ArrayList<>();
            for (EnumeratedChoices.Trace<Run> trace : ExactLaw.walk(choices -> {
                LearnedTrie copy = trie(saved, from.maxNodes());
                List<Sample> samples = sampler.apply(copy)
                        .sample(tree, 1, ExactLaw.run(choices).withMaxRuns(1))
                        .samples();
                return new Run(samples.stream().findFirst(), copy, 0);
            })) {
                runs.add(new Run(trace.result().sample(), trace.result().after(), trace.probability()));
            }
            return runs;
        });
    }

    /** All states that can be reached, or some of those that take the fewest runs. */
    List<LearnedTrie> reachable(LearnedTrie start, int most) {
        Map<String, LearnedTrie> found = new LinkedHashMap<>(Map.of(key(start), start));
        Deque<LearnedTrie> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty() && found.size() < most) {
            for (Run run : runs(open.remove())) {
                if (found.putIfAbsent(key(run.after()), run.after()) == null) {
                    open.add(run.after());
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** The law of the text of one run, weights left out. */
    Map<List<Integer>, Double> law(LearnedTrie from) {
        Map<List<Integer>, Double> law = new HashMap<>();
        for (Run run : runs(from)) {
            run.sample()
                    .filter(Sample::complete)
                    .ifPresent(sample -> law.merge(sample.tokens(), run.probability(), Double::sum));
        }
        return law;
    }

    /** The Kullback-Leibler divergence of a law from the model's restricted to the language. */
    static double divergence(HashTree tree, Map<List<Integer>, Double> law) {
        double z = tree.evidence();
        double sum = 0;
        for (Map.Entry<List<Integer>, Double> text : tree.probabilities().entrySet()) {
            double target = text.getValue() / z;
            sum += target * Math.log(target / law.getOrDefault(text.getKey(), 0.0));
        }
        return sum;
    }
}
