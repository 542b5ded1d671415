// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import dev.espalier.sampler.Target;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenTree;
import dev.espalier.sampler.sequence.drawing.Drawing;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Approximately aligned decoding: the model writes without a mask, and after a token that failed the text is taken back as far
 * as its law has changed by that. The mass of the text that failed is taken away along the way, and the text is gone over
 * again from its beginning, as speculative decoding goes over a draft. A token is kept with probability {@code min(1, new /
 * old)}, the quotient of its probabilities after and before; the first that is not kept is replaced by another one from the
 * new law, and the text goes on from there.
 *
 * <p>Far closer to the model's law restricted to the language than plain masked sampling is, at about one text a sample, but
 * not exact, and without a weight: complete samples have weight 1, and there is no evidence. What is learned is forgotten
 * after each sample, so that samples are independent of each other.
 *
 * <p>A sample is a text that was begun; one is given up, incomplete, if it fails more often than there is memory for, or if
 * the language has no mass at all. Stateless: any number of threads. Source: Melcer et al., "Approximately Aligned Decoding"
 * (2024).
 */
public final class AprAdSampler implements SequenceSampler {

    @Override
    public String name() {
        return "aprad";
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.HEURISTIC;
    }

    @Override
    public String describe() {
        return "approximately aligned decoding: unmasked texts; after a token that failed, goes back just so far as the law"
                + " changed by that; close to the model's law restricted to the language, without a guarantee";
    }

    /**
     * Draws samples.
     *
     * @param count how many texts are to be begun
     */
    @Override
    public SampleSet sample(TokenTree tree, int count, SamplingRun run) {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(run, "run");
        Drawing drawing = new Drawing(tree, count, run);
        while (drawing.goesOn()) {
            Choices choices = drawing.begin();
            LearnedTrie trie = new LearnedTrie(LearnedTrie.Learning.TOKENS, LearnedTrie.MAX_NODES);
            LearningWalk walk = new LearningWalk(trie, tree, false, choices);
            LearningWalk.Stage state = walk.write(LearnedTrie.NONE, run.cancellation());
            while (state == LearningWalk.Stage.FAILED && trie.size() < trie.maxNodes()) {
                int except = retreat(trie, walk, choices);
                if (trie.logBound() == Double.NEGATIVE_INFINITY) {
                    break;
                }
                state = walk.write(except, run.cancellation());
            }
            if (state != LearningWalk.Stage.CANCELLED) {
                drawing.add(Sample.of(tree, walk.text(), walk.logProbability(), 0, Target.HEURISTIC));
            }
        }
        return drawing.result(0, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /**
     * Learns that a text has failed, and goes back to what is kept of it under the new law.
     *
     * @return the child that is not to come next; {@link LearnedTrie#NONE} if any may
     */
    static int retreat(LearnedTrie trie, LearningWalk walk, Choices choices) {
        int[] path = path(trie, walk.deepest());
        double[] old = new double[path.length];
        for (int i = 0; i < path.length; i++) {
            old[i] = trie.logBound(path[i]);
        }
        trie.settle(walk.deepest());
        int kept = 0;
        while (kept + 1 < path.length && keeps(trie, path[kept], path[kept + 1], old[kept + 1] - old[kept], choices)) {
            kept++;
        }
        Prefix prefix = walk.text();
        Prefix shorter = prefix.parent();
        while (shorter != null && prefix.length() > kept) {
            prefix = shorter;
            shorter = prefix.parent();
        }
        walk.moveTo(prefix, path[kept]);
        return kept + 1 < path.length ? path[kept + 1] : LearnedTrie.NONE;
    }

    private static boolean keeps(LearnedTrie trie, int node, int child, double oldShare, Choices choices) {
        if (trie.logBound(child) == Double.NEGATIVE_INFINITY) {
            return false;
        }
        double keep = Math.min(1, Math.exp(trie.logBound(child) - trie.logBound(node) - oldShare));
        if (keep == 1 || trie.logWithout(node, child) == Double.NEGATIVE_INFINITY) {
            return true;
        }
        return choices.categorical(new double[] {keep, 1 - keep}, 2) == 0;
    }

    /** The nodes from the root to a node. */
    private static int[] path(LearnedTrie trie, int deepest) {
        int depth = 0;
        for (int node = deepest; trie.parent(node) != LearnedTrie.NONE; node = trie.parent(node)) {
            depth++;
        }
        int[] path = new int[depth + 1];
        for (int node = deepest; depth >= 0; node = trie.parent(node)) {
            path[depth--] = node;
        }
        return path;
    }
}
