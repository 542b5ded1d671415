// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import dev.espalier.sampler.Target;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sequential Monte Carlo once more, in plain weights, text by text, by multinomial draws, with the mistakes one can make. */
final class SmcReference {

    /** What is done differently. */
    enum Variant {
        /** Nothing. */
        RIGHT,
        /** Particles that were drawn anew have weight 1. */
        WEIGHT_ONE,
        /** Only unfinished particles are counted and drawn anew, with their own mean weight. */
        UNFINISHED_AMONG_THEMSELVES,
        /** Only unfinished particles are drawn anew, but with the mean weight of all. */
        UNFINISHED_WITH_THE_MEAN_OF_ALL
    }

    private final HashTree tree;
    private final SmcSampler settings;
    private final Variant variant;
    private final Prefix[] texts;
    private final double[] weights;

    private SmcReference(HashTree tree, SmcSampler settings, Variant variant) {
        this.tree = tree;
        this.settings = settings;
        this.variant = variant;
        this.texts = new Prefix[settings.particles()];
        this.weights = new double[texts.length];
    }

    /** The mean of W · 1{x}, by text, of one run. */
    static Map<List<Integer>, Double> run(HashTree tree, SmcSampler settings, Variant variant, Choices choices) {
        return new SmcReference(tree, settings, variant).run(choices);
    }

    private Map<List<Integer>, Double> run(Choices choices) {
        for (int i = 0; i < texts.length; i++) {
            texts[i] = tree.root();
            weights[i] = potential(texts[i]);
        }
        while (anyActive()) {
            for (int i = 0; i < texts.length; i++) {
                if (isActive(i)) {
                    advance(i, choices);
                }
            }
            if (anyActive()) {
                resample(choices);
            }
        }
        Map<List<Integer>, Double> measure = new HashMap<>();
        for (int i = 0; i < texts.length; i++) {
            if (weights[i] > 0) {
                Sample sample = Sample.of(tree, texts[i], 0, 0, Target.WEIGHTED);
                measure.merge(sample.tokens(), weights[i] / texts.length, Double::sum);
            }
        }
        return measure;
    }

    private boolean isActive(int i) {
        return weights[i] > 0 && !texts[i].isFinished();
    }

    private boolean anyActive() {
        boolean any = false;
        for (int i = 0; i < texts.length; i++) {
            any |= isActive(i);
        }
        return any;
    }

    private void advance(int i, Choices choices) {
        ProposalKernel.Proposed proposed = settings.proposal().propose(texts[i], tree.next(texts[i]), choices);
        weights[i] *= Math.exp(proposed.logWeight()) / potential(texts[i]);
        if (proposed.token() >= 0) {
            texts[i] = texts[i].then(proposed.token());
            weights[i] *= potential(texts[i]);
        }
    }

    private double potential(Prefix text) {
        if (text.isDead()) {
            return 0;
        }
        List<Prefix> one = List.of(text);
        return Math.exp((text.isFinished()
                        ? settings.potential().logRewards(one)
                        : settings.potential().logTwists(one))
                [0]);
    }

    private void resample(Choices choices) {
        boolean all = variant == Variant.RIGHT || variant == Variant.WEIGHT_ONE;
        List<Integer> some = new ArrayList<>();
        double sum = 0;
        double squares = 0;
        double total = 0;
        for (int i = 0; i < texts.length; i++) {
            total += weights[i];
            if (all || !texts[i].isFinished()) {
                some.add(i);
                sum += weights[i];
                squares += weights[i] * weights[i];
            }
        }
        if (settings.threshold() < 1 && sum * sum / squares >= settings.threshold() * some.size()) {
            return;
        }
        double[] before = some.stream().mapToDouble(i -> weights[i]).toArray();
        Prefix[] old = texts.clone();
        for (int i : some) {
            texts[i] = old[some.get(choices.categorical(before, before.length))];
            weights[i] = switch (variant) {
                case WEIGHT_ONE -> 1;
                case UNFINISHED_WITH_THE_MEAN_OF_ALL -> total / texts.length;
                case RIGHT, UNFINISHED_AMONG_THEMSELVES -> sum / some.size();
            };
        }
    }
}
