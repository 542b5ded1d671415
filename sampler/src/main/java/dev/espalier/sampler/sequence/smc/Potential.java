// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * A factor of the law of texts besides the model's probability: rewards, semantic checks, another model.
 *
 * <p>It has two parts. The <em>reward</em> φ of complete texts is part of the law: p(x) becomes {@code p(x) · φ(x)}. The
 * <em>twist</em> ψ of unfinished texts is a guess of what their completions will be worth. It steers which texts are kept
 * and cancels out of the law, but for one thing: a text with a twist of 0 is given up. So a twist is 0 only where no
 * completion is wanted; the law is {@code p(x) · φ(x)} of the texts whose unfinished beginnings, the empty one included, all
 * have a twist above 0. The best twist is the expected {@code φ} of a completion by the model, which is 0 outside the
 * language.
 *
 * <p>Values are natural logarithms, finite or minus infinity, and depend on the text alone while a sampler runs. All
 * questions of a step come together, for those who can answer them together. One thread at a time.
 */
public interface Potential {

    /**
     * Logs of the twists of some texts, in their order. This default: all 0, that is ψ = 1.
     *
     * @param texts unfinished, distinct
     */
    default double[] logTwists(List<Prefix> texts) {
        return new double[texts.size()];
    }

    /**
     * Logs of the rewards of some texts, in their order. This default: all 0, that is φ = 1.
     *
     * @param texts complete, distinct
     */
    default double[] logRewards(List<Prefix> texts) {
        return new double[texts.size()];
    }

    /** The product with another. */
    default Potential times(Potential other) {
        Objects.requireNonNull(other, "other");
        Potential one = this;
        return new Potential() {
            @Override
            public double[] logTwists(List<Prefix> texts) {
                return sums(one.logTwists(texts), other.logTwists(texts));
            }

            @Override
            public double[] logRewards(List<Prefix> texts) {
                return sums(one.logRewards(texts), other.logRewards(texts));
            }
        };
    }

    /** 1 for every text: the law is the model's. */
    static Potential ones() {
        return new Potential() {};
    }

    /** A twist, text by text; every reward is 1. */
    static Potential twist(ToDoubleFunction<Prefix> logTwist) {
        Objects.requireNonNull(logTwist, "logTwist");
        return new Potential() {
            @Override
            public double[] logTwists(List<Prefix> texts) {
                return texts.stream().mapToDouble(logTwist).toArray();
            }
        };
    }

    /** A reward, text by text; every twist is 1. A check is a reward of 1 or 0, whose logs are 0 and minus infinity. */
    static Potential reward(ToDoubleFunction<Prefix> logReward) {
        Objects.requireNonNull(logReward, "logReward");
        return new Potential() {
            @Override
            public double[] logRewards(List<Prefix> texts) {
                return texts.stream().mapToDouble(logReward).toArray();
            }
        };
    }

    /**
     * The probability r(x) with which another model by itself writes the text so far, as twist and as reward: the law is {@code p(x) · r(x)},
     * a product of experts, and the language is what both trees allow. Both models must have the same ids. The potential remembers the texts
     * that it was asked about as long as they are in use; one thread at a time.
     */
    static Potential model(TokenTree other) {
        return new ModelPotential(Objects.requireNonNull(other, "other"));
    }

    private static double[] sums(double[] first, double[] second) {
        double[] sums = new double[first.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = first[i] + second[i];
        }
        return sums;
    }
}
