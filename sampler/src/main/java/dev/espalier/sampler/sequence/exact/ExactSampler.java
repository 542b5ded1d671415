// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.exact;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Exact, independent samples of a small language, drawn from the model's law restricted to it after all its texts were
 * enumerated ({@link EnumeratedTree}).
 *
 * <p>A sample is a text of the language; its weight is Z. Evidence: log Z itself, no estimate. If the model can write no text
 * of the language (Z = 0), there are no samples. Cost: a question to the model for each beginning of a text, once; the
 * samples then cost none. The enumeration of the last tree is kept for the next call. One thread at a time.
 */
public final class ExactSampler implements SequenceSampler {

    /** Texts and beginnings of texts that are enumerated unless more are asked for. */
    public static final int DEFAULT_MAX_TREE_NODES = 20_000;

    private final int maxTreeNodes;
    private @Nullable EnumeratedTree last;

    /** A sampler of languages with up to {@link #DEFAULT_MAX_TREE_NODES} texts and beginnings of texts. */
    public ExactSampler() {
        this(DEFAULT_MAX_TREE_NODES);
    }

    /**
     * A sampler of languages of some size.
     *
     * @param maxTreeNodes the most texts and beginnings of texts that are enumerated, at least 1; beyond it {@link #sample}
     *     throws {@link dev.espalier.core.error.LimitExceededException}
     */
    public ExactSampler(int maxTreeNodes) {
        if (maxTreeNodes < 1) {
            throw new InvalidInputException("maxTreeNodes must be at least 1, but is " + maxTreeNodes);
        }
        this.maxTreeNodes = maxTreeNodes;
    }

    @Override
    public String name() {
        return "exact";
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.EXACT;
    }

    @Override
    public String describe() {
        return "independent samples of the model's law restricted to the language, exactly, by enumeration of all its texts;"
                + " each has the weight Z, which is known; one question to the model for each beginning of a text, at most "
                + maxTreeNodes;
    }

    /** The text of the language that the model finds most probable; empty if it can write none, or after a cancellation. */
    public Optional<Sample> mostProbable(TokenTree tree, Cancellation cancellation) {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(cancellation, "cancellation");
        return enumerated(tree, cancellation).flatMap(EnumeratedTree::mostProbable);
    }

    @Override
    public SampleSet sample(TokenTree tree, int count, SamplingRun run) {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(run, "run");
        long before = tree.calls();
        Optional<EnumeratedTree> known = enumerated(tree, run.cancellation());
        if (known.isEmpty()) {
            return new SampleSet(List.of(), 0, tree.calls() - before, 0, OptionalDouble.empty(), true);
        }
        EnumeratedTree texts = known.get();
        List<Sample> samples = new ArrayList<>();
        int possible = texts.logEvidence() == Double.NEGATIVE_INFINITY ? 0 : count;
        while (samples.size() < possible
                && samples.size() < run.maxRuns()
                && !run.cancellation().isRequested()) {
            Sample sample = texts.draw(run.choices().apply(samples.size()));
            samples.add(sample);
            run.listener().accept(sample);
        }
        return new SampleSet(
                samples,
                samples.size(),
                tree.calls() - before,
                0,
                OptionalDouble.of(texts.logEvidence()),
                samples.size() < possible);
    }

    private Optional<EnumeratedTree> enumerated(TokenTree tree, Cancellation cancellation) {
        EnumeratedTree known = last;
        if (known != null && known.tree() == tree) {
            return Optional.of(known);
        }
        Optional<EnumeratedTree> texts = EnumeratedTree.of(tree, maxTreeNodes, cancellation);
        texts.ifPresent(found -> last = found);
        return texts;
    }
}
