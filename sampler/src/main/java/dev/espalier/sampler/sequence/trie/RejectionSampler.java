// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import dev.espalier.core.error.InvalidInputException;
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
 * Rejection sampling: the model writes, and texts that are not of the language are thrown away. What remains are independent
 * samples of the model's law restricted to the language, exactly: {@link #plain}. The other two learn from every text which
 * beginnings lead nowhere, in a {@link LearnedTrie}, and do not draw these again. That changes no law, since whatever was
 * learned, a run brings text x with probability {@code p(x) / θ(root)}: the accepted share {@code Z / θ(root)} only rises.
 *
 * <p>A sample is an accepted text, of weight 1 like every other. The law is exact for a number of samples that is fixed
 * beforehand; samplers that learn are biased, toward what they accept soon, if they are stopped by a number of runs or by
 * the clock, which {@link SampleSet#cancelled} then tells.
 *
 * <p>Evidence: {@link #plain} estimates Z without bias from the number of runs that were needed, {@code (count - 1) / (runs
 * - 1)} for at least two samples, or {@code accepted / runs} if {@link SamplingRun#maxRuns} ended it (Girshick, Mosteller,
 * Savage 1946); none after a cancellation. The others have no estimate, but an upper bound, {@link LearnedTrie#logBound}; if
 * that proves that the language has no mass, they say so and stop. {@link SampleSet#acceptance}: the accepted share of the
 * runs.
 *
 * <p>Cost: {@code θ(root) / Z} texts a sample, each given up at its first bad token. May never end for a language the model
 * does not write, unless the runs are bounded. One thread at a time. Source: Parys et al., "Constrained Adaptive Rejection
 * Sampling" (2025).
 */
public final class RejectionSampler implements SequenceSampler {

    private final String name;
    private final String describe;
    private final LearnedTrie trie;

    private RejectionSampler(String name, String describe, LearnedTrie trie) {
        this.name = name;
        this.describe = describe;
        this.trie = trie;
    }

    /** Rejection sampling that learns nothing. */
    public static RejectionSampler plain() {
        return new RejectionSampler(
                "rejection",
                "rejection sampling: texts of the unmasked model until one is of the language; exact samples of the model's"
                        + " law restricted to the language",
                new LearnedTrie(LearnedTrie.Learning.TOKENS, 0));
    }

    /** Adaptive rejection sampling: learns each token that failed. */
    public static RejectionSampler adaptive() {
        return adaptive(new LearnedTrie(LearnedTrie.Learning.TOKENS, LearnedTrie.MAX_NODES));
    }

    /**
     * Adaptive rejection sampling.
     *
     * @param trie what was learned before; goes on learning
     * @throws InvalidInputException if it does not learn {@link LearnedTrie.Learning#TOKENS}
     */
    public static RejectionSampler adaptive(LearnedTrie trie) {
        require(trie, LearnedTrie.Learning.TOKENS);
        return new RejectionSampler(
                "ars",
                "adaptive rejection sampling: as rejection sampling, but a token that failed after a text is not drawn there"
                        + " again",
                trie);
    }

    /** Constrained adaptive rejection sampling: learns the masks of the texts it visits, and masks the first token. */
    public static RejectionSampler constrained() {
        return constrained(new LearnedTrie(LearnedTrie.Learning.MASKS, LearnedTrie.MAX_NODES));
    }

    /**
     * Constrained adaptive rejection sampling.
     *
     * @param trie what was learned before, by {@link AsapSampler} too; goes on learning
     * @throws InvalidInputException if it does not learn {@link LearnedTrie.Learning#MASKS}
     */
    public static RejectionSampler constrained(LearnedTrie trie) {
        require(trie, LearnedTrie.Learning.MASKS);
        return new RejectionSampler(
                "cars",
                "constrained adaptive rejection sampling: as rejection sampling, but tokens that the mask refuses are not"
                        + " drawn after texts that were visited before, nor at the beginning",
                trie);
    }

    static void require(LearnedTrie trie, LearnedTrie.Learning learning) {
        Objects.requireNonNull(trie, "trie");
        if (trie.learning() != learning) {
            throw new InvalidInputException(
                    "this sampler needs a trie that learns " + learning + ", not " + trie.learning());
        }
    }

    /** What it has learned, to be saved or looked at. */
    public LearnedTrie trie() {
        return trie;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.EXACT;
    }

    @Override
    public String describe() {
        return describe;
    }

    /**
     * Draws samples.
     *
     * @param count how many texts are to be accepted
     */
    @Override
    public SampleSet sample(TokenTree tree, int count, SamplingRun run) {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(run, "run");
        trie.bind(tree);
        Drawing drawing = new Drawing(tree, count, run);
        while (drawing.goesOn() && trie.logBound() > Double.NEGATIVE_INFINITY) {
            LearningWalk walk = new LearningWalk(trie, tree, false, drawing.begin());
            if (walk.writeAndLearn(run.cancellation()) == LearningWalk.Stage.COMPLETE) {
                drawing.add(Sample.of(tree, walk.text(), walk.logProbability(), 0, Target.RESTRICTED));
            }
        }
        return drawing.result(0, evidence(drawing.size(), count, drawing.runs(), run), drawing.acceptance());
    }

    private OptionalDouble evidence(int accepted, int count, long runs, SamplingRun run) {
        if (trie.logBound() == Double.NEGATIVE_INFINITY) {
            return OptionalDouble.of(Double.NEGATIVE_INFINITY);
        }
        if (trie.maxNodes() > 0
                || count < 2
                || (accepted < count && run.cancellation().isRequested())) {
            return OptionalDouble.empty();
        }
        double estimate = accepted < count ? (double) accepted / runs : (count - 1.0) / (runs - 1.0);
        return OptionalDouble.of(Math.log(estimate));
    }
}
