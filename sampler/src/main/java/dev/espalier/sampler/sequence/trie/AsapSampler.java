// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import dev.espalier.sampler.Target;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenTree;
import dev.espalier.sampler.sequence.drawing.Drawing;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Adaptive sampling with approximate expected futures: masked sampling in which each token counts by {@code p · θ}, θ being
 * what a {@link LearnedTrie} knows about how often texts that go on with it are completed. The first text is one of plain
 * masked sampling; the law tends to the model's law restricted to the language as the trie fills, but not steadily.
 *
 * <p>A sample is a text that was begun. Its weight is θ(root) as it was at the start of its run, or the first mask's mass in
 * the very first, times the masses of the masks of those texts on its way that had no node yet. Whatever was learned before,
 * {@code q(x) · w(x) = p(x)}, so that each sample is properly weighted and the mean weight estimates Z without bias, for a
 * number of samples that is fixed beforehand. Texts that ended where no token fits have weight 0.
 *
 * <p>Cost: a question to the model for each token that leads to no node. One thread at a time. Source: Park et al.,
 * "Grammar-Aligned Decoding" (2024); the weight is ours.
 */
public final class AsapSampler implements SequenceSampler {

    private final LearnedTrie trie;

    /** A sampler that has learned nothing yet. */
    public AsapSampler() {
        this(new LearnedTrie(LearnedTrie.Learning.MASKS, LearnedTrie.MAX_NODES));
    }

    /**
     * A sampler that goes on learning.
     *
     * @param trie what was learned before, by {@link RejectionSampler#constrained()} too
     * @throws dev.espalier.core.error.InvalidInputException if it does not learn {@link LearnedTrie.Learning#MASKS}
     */
    public AsapSampler(LearnedTrie trie) {
        RejectionSampler.require(trie, LearnedTrie.Learning.MASKS);
        this.trie = trie;
    }

    /** What it has learned, to be saved or looked at. */
    public LearnedTrie trie() {
        return trie;
    }

    @Override
    public String name() {
        return "asap";
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.WEIGHTED;
    }

    @Override
    public String describe() {
        return "adaptive sampling with approximate expected futures: masked sampling that learns from each text how much of"
                + " the model's mass was refused after it; the weight makes up for what is not learned yet";
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
        trie.bind(tree);
        Drawing drawing = new Drawing(tree, count, run);
        while (drawing.goesOn()) {
            LearningWalk walk = new LearningWalk(trie, tree, true, drawing.begin());
            boolean possible = trie.logBound() > Double.NEGATIVE_INFINITY;
            LearningWalk.Stage state = possible ? walk.writeAndLearn(run.cancellation()) : LearningWalk.Stage.FAILED;
            if (state != LearningWalk.Stage.CANCELLED) {
                drawing.add(Sample.of(tree, walk.text(), walk.logProbability(), walk.logWeight(), Target.WEIGHTED));
            }
        }
        return drawing.result(0, drawing.evidence(), OptionalDouble.empty());
    }
}
