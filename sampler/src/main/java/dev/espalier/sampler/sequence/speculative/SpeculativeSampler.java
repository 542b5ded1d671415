// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.speculative;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenTree;
import dev.espalier.sampler.sequence.drawing.Drawing;
import dev.espalier.sampler.sequence.exact.CompletionMass;
import dev.espalier.sampler.sequence.exact.EnumeratedTree;
import dev.espalier.sampler.sequence.tokenwise.TokenwiseSampler;
import java.util.Arrays;
import java.util.Objects;

/**
 * Speculative decoding (Leviathan et al. 2023, arXiv 2211.17192) inside a language, with a stated law: a small model drafts a
 * few tokens, the large one is asked about all of them in one forward pass, and each is kept with probability {@code min(1, P
 * / Q)}, P being the target's law of the step and Q the one it was drawn from; the first that is not kept is drawn anew from
 * {@code (P - Q)+}, and if all are kept one more comes from P. Whatever the draft model, texts have the law that P would
 * give them token by token. P is a law of allowed tokens, and so is Q: a P over all tokens, with the mask in the last draw
 * alone, would give another law.
 *
 * <p>A drafted token may have several candidates, so that what is drafted is a tree, about which the large model is asked in one pass; see {@link #withoutReplacement} and
 * {@link #transport} for how one of them is kept.
 *
 * <p>A sample is a text that was begun; one that ended where no token fits has weight 0. Evidence: the mean weight.
 *
 * <p>The draft model has a tree of its own, whose language must hold all texts of the one that is sampled, by the same
 * vocabulary. It decides the cost, not the law: a question to the draft model for each level of drafted tokens, and a forward pass of
 * the large one, about all of a block, for each block. One thread at a time, because of the draft's tree.
 */
public final class SpeculativeSampler implements SequenceSampler {

    private final TokenTree draft;
    private final int[] widths;
    private final CandidateRule rule;
    private final StepTarget step;
    private final Target target;

    SpeculativeSampler(TokenTree draft, int[] widths, CandidateRule rule, StepTarget step, Target target) {
        Objects.requireNonNull(draft, "draft");
        if (widths.length < 1 || Arrays.stream(widths).anyMatch(width -> width < 1)) {
            throw new InvalidInputException("at least one token with at least one candidate must be drafted, but not "
                    + Arrays.toString(widths));
        }
        this.draft = draft;
        this.widths = widths.clone();
        this.rule = rule;
        this.step = step;
        this.target = target;
    }

    /** One candidate for each of some tokens. */
    static int[] chain(int drafted) {
        int[] widths = new int[Math.max(0, drafted)];
        Arrays.fill(widths, 1);
        return widths;
    }

    /**
     * A sampler with the law and the weights of plain masked sampling ({@link TokenwiseSampler#masked}).
     *
     * @param drafted tokens of a block that are drafted, at least 1
     */
    public static SpeculativeSampler masked(TokenTree draft, int drafted) {
        return withoutReplacement(draft, chain(drafted));
    }

    /**
     * As {@link #masked}, with candidates that are drawn without replacement and judged one after the other: recursive rejection (Jeon et al. 2024, arXiv 2402.14160;
     * Yang et al. 2024, arXiv 2401.06706).
     *
     * @param widths how many candidates each drafted token of a block has, at least 1 each; a block has at most the product of them in texts
     */
    public static SpeculativeSampler withoutReplacement(TokenTree draft, int... widths) {
        return new SpeculativeSampler(draft, widths, RecursiveRejection.RULE, StepTarget.masked(), Target.MASKED);
    }

    /**
     * As {@link #masked}, with independent candidates, of which one is taken by k-sequential selection, near the optimal transport (Sun et al. 2023, arXiv
     * 2310.15141).
     *
     * @param widths as for {@link #withoutReplacement}
     */
    public static SpeculativeSampler transport(TokenTree draft, int... widths) {
        return new SpeculativeSampler(draft, widths, SequentialSelection.RULE, StepTarget.masked(), Target.MASKED);
    }

    /**
     * A sampler of the model's law restricted to the language, exactly: each token with probability {@code p(t | x) c(xt) /
     * c(x)}. Weights are all Z.
     *
     * @param drafted tokens of a block that are drafted, at least 1
     * @param mass the exact c of the tree that is sampled, from {@link EnumeratedTree} for instance; where it contradicts the
     *     model's laws {@link #sample} throws {@link InvalidInputException}
     */
    public static SpeculativeSampler restricted(TokenTree draft, int drafted, CompletionMass mass) {
        Objects.requireNonNull(mass, "mass");
        return new SpeculativeSampler(
                draft, chain(drafted), RecursiveRejection.RULE, StepTarget.restricted(mass), Target.RESTRICTED);
    }

    @Override
    public String name() {
        return target == Target.MASKED ? "speculative" : "speculative-exact";
    }

    @Override
    public Guarantee guarantee() {
        return target == Target.MASKED ? Guarantee.WEIGHTED : Guarantee.EXACT;
    }

    @Override
    public String describe() {
        String law = target == Target.MASKED
                ? "the law and the weights of plain masked sampling"
                : "independent samples of the model's law restricted to the language, exactly";
        String candidates = Arrays.stream(widths).allMatch(width -> width == 1)
                ? ""
                : ", " + Arrays.toString(widths) + " candidates each, " + rule.describe();
        return "speculative decoding, " + widths.length + " tokens drafted at a time by a second model" + candidates
                + ": " + law + ", whatever the second model; one forward pass for each block of up to "
                + (widths.length + 1) + " tokens";
    }

    @Override
    public SampleSet sample(TokenTree tree, int count, SamplingRun run) {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(run, "run");
        Drawing drawing = new Drawing(tree, count, run);
        long verified = 0;
        long accepted = 0;
        while (drawing.goesOn()) {
            SpeculativeText text = new SpeculativeText(tree, draft, step, rule, drawing.begin());
            while (!text.isFinished() && !run.cancellation().isRequested()) {
                text.advance(widths, run.cancellation());
            }
            verified += text.verified();
            accepted += text.accepted();
            if (!run.cancellation().isRequested()) {
                drawing.add(text.toSample(target));
            }
        }
        return drawing.result(0, drawing.evidence(), Drawing.share(accepted, verified));
    }
}
