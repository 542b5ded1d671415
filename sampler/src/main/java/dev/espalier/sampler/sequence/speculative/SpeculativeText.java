// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.speculative;

import dev.espalier.core.Cancellation;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.List;

/**
 * A text under way in speculative decoding: block by block a draft model proposes tokens, and the other one keeps as many as its law lets it.
 */
@FastPath(oracle = "SpeculativeSamplerTest")
final class SpeculativeText {

    private final TokenTree tree;
    private final TokenTree draft;
    private final StepTarget target;
    private final Choices choices;
    private Prefix text;
    private Prefix sketch;
    private double logProbability;
    private double logWeight;
    private long verified;
    private long accepted;

    SpeculativeText(TokenTree tree, TokenTree draft, StepTarget target, Choices choices) {
        this.tree = tree;
        this.draft = draft;
        this.target = target;
        this.choices = choices;
        this.text = tree.root();
        this.sketch = draft.root();
    }

    /** A token that the draft model proposes, by its place among those allowed, with the law it was drawn from. */
    private record Drafted(int index, double[] law) {}

    /** A text with some more drafted tokens, in both trees; what was drafted lies between two of them. */
    private static final class Block {

        private final List<Prefix> texts = new ArrayList<>();
        private final List<Prefix> sketches = new ArrayList<>();
        private final List<Drafted> tokens = new ArrayList<>();

        void add(Prefix text, Prefix sketch) {
            texts.add(text);
            sketches.add(sketch);
        }
    }

    /** Whether nothing may follow, or the text was given up. */
    boolean isFinished() {
        return text.isFinished() || logWeight == Double.NEGATIVE_INFINITY;
    }

    /** Tokens of the draft that were judged. */
    long verified() {
        return verified;
    }

    /** Those of them that were kept. */
    long accepted() {
        return accepted;
    }

    /** The text as a sample of a law. */
    Sample toSample(Target law) {
        return Sample.of(tree, text, logProbability, logWeight, law);
    }

    /** Writes at least one more token, with one question to the model, unless it is cancelled before that. */
    void advance(int most, Cancellation cancellation) {
        Block block = drafted(most, cancellation);
        if (cancellation.isRequested()) {
            return;
        }
        int unfinished =
                block.texts.size() - (block.texts.get(block.tokens.size()).isFinished() ? 1 : 0);
        List<TokenLaw> laws = tree.next(block.texts.subList(0, unfinished));
        boolean kept = true;
        for (int i = 0; i < unfinished && kept; i++) {
            StepTarget.Law law = target.after(block.texts.get(i), laws.get(i));
            if (law.isEmpty()) {
                logWeight = Double.NEGATIVE_INFINITY;
                return;
            }
            int index;
            if (i == block.tokens.size()) {
                index = choices.categorical(law.probabilities(), law.probabilities().length);
                kept = false;
            } else {
                Drafted proposed = block.tokens.get(i);
                index = judged(law.probabilities(), proposed);
                kept = index == proposed.index();
            }
            int token = law.tokens()[index];
            logProbability += Math.log(laws.get(i).of(token));
            logWeight += law.logWeights()[index];
            text = kept ? block.texts.get(i + 1) : block.texts.get(i).then(token);
            sketch = kept ? block.sketches.get(i + 1) : block.sketches.get(i).then(token);
        }
    }

    private Block drafted(int most, Cancellation cancellation) {
        Block block = new Block();
        block.add(text, sketch);
        Prefix last = text;
        Prefix lastSketch = sketch;
        while (block.tokens.size() < most && !last.isFinished() && !cancellation.isRequested()) {
            int[] ids = last.mask().ids();
            double[] law = draft.next(lastSketch).of(ids);
            double mass = 0;
            for (double p : law) {
                mass += p;
            }
            if (mass == 0) {
                break;
            }
            for (int i = 0; i < law.length; i++) {
                law[i] /= mass;
            }
            int index = choices.categorical(law, law.length);
            last = last.then(ids[index]);
            lastSketch = lastSketch.then(ids[index]);
            block.tokens.add(new Drafted(index, law));
            block.add(last, lastSketch);
        }
        return block;
    }

    /** The drafted token with probability {@code min(1, P / Q)}, else one drawn from what P has more than Q. */
    private int judged(double[] law, Drafted proposed) {
        double p = law[proposed.index()];
        double q = proposed.law()[proposed.index()];
        verified++;
        if (p >= q || choices.categorical(new double[] {p, q - p}, 2) == 0) {
            accepted++;
            return proposed.index();
        }
        double[] rest = new double[law.length];
        boolean any = false;
        for (int i = 0; i < law.length; i++) {
            rest[i] = Math.max(0, law[i] - proposed.law()[i]);
            any |= rest[i] > 0;
        }
        // both laws add up to 1, so that there is a rest, unless they differ by rounding only
        return choices.categorical(any ? rest : law, law.length);
    }
}
