// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Small languages, proposals and potentials for sequential Monte Carlo, with what is exactly true of them. */
final class SmcCase {

    private static final Vocabulary BITS = Vocabulary.builder()
            .token(0, "0")
            .token(1, "1")
            .special(2, "</s>")
            .endIds(2)
            .build();

    private SmcCase() {}

    /** Some words over the tokens 0 and 1, seed 4. */
    static HashTree words(String... words) {
        return new HashTree(BITS, 4, List.of(words));
    }

    /** A reward that differs from text to text and is 0 for one in about five. */
    static double reward(Prefix text) {
        int hash = hash(text);
        return hash % 5 == 0 ? 0 : 0.25 * (1 + hash % 7);
    }

    /** A twist that guesses. */
    static double guess(Prefix text) {
        return 0.1 * (1 + hash(text) % 13);
    }

    private static int hash(Prefix text) {
        int hash = 17;
        for (int token : text.tokens()) {
            hash = 31 * hash + token + 1;
        }
        return (hash ^ hash >>> 7) & 0xffff;
    }

    /** The expected reward of a text's completion by the model, 0 outside the language: every path, by brute force. */
    static ToDoubleFunction<Prefix> completion(TokenTree tree, ToDoubleFunction<Prefix> reward) {
        Map<List<Integer>, Double> known = new HashMap<>();
        return text -> completion(tree, reward, text, known);
    }

    private static double completion(
            TokenTree tree, ToDoubleFunction<Prefix> reward, Prefix text, Map<List<Integer>, Double> known) {
        List<Integer> key = Arrays.stream(text.tokens()).boxed().toList();
        Double before = known.get(key);
        if (before != null) {
            return before;
        }
        double sum = text.isComplete() ? reward.applyAsDouble(text) : 0;
        if (!text.isFinished()) {
            TokenLaw law = tree.next(text);
            for (int token : text.mask().ids()) {
                sum += law.of(token) * completion(tree, reward, text.then(token), known);
            }
        }
        known.put(key, sum);
        return sum;
    }

    /** The potential of a twist and a reward that are no logarithms. */
    static Potential potential(ToDoubleFunction<Prefix> twist, ToDoubleFunction<Prefix> reward) {
        return Potential.twist(text -> Math.log(twist.applyAsDouble(text)))
                .times(Potential.reward(text -> Math.log(reward.applyAsDouble(text))));
    }

    /** p(x) · φ(x) by the tokens of x, where above 0. */
    static Map<List<Integer>, Double> target(HashTree tree, ToDoubleFunction<Prefix> reward) {
        Map<List<Integer>, Double> target = new HashMap<>();
        collect(tree, tree.root(), 1, reward, target);
        return target;
    }

    private static void collect(
            HashTree tree,
            Prefix text,
            double probability,
            ToDoubleFunction<Prefix> reward,
            Map<List<Integer>, Double> target) {
        if (text.isComplete() && reward.applyAsDouble(text) > 0) {
            Sample sample = Sample.of(tree, text, 0, 0, Target.WEIGHTED);
            target.merge(sample.tokens(), probability * reward.applyAsDouble(text), Double::sum);
        }
        for (int token : text.mask().ids()) {
            collect(tree, text.then(token), probability * tree.next(text).of(token), reward, target);
        }
    }

    /** Allowed tokens evenly, with weights that are right on average and 0 once in four times. */
    static ProposalKernel noisy() {
        return (text, law, choices) -> {
            int[] ids = text.mask().ids();
            double[] even = new double[ids.length];
            Arrays.fill(even, 1);
            int token = ids[choices.categorical(even, ids.length)];
            double noise = ids.length == 1 ? 1 : choices.categorical(new double[] {1, 3}, 2) * 4 / 3.0;
            return new ProposalKernel.Proposed(token, Math.log(law.of(token) * ids.length * noise), 0);
        };
    }

    /** Rejection in two loops that share what was rejected, weight {@code 1 / Σ 1 / (1 - M_j)}. */
    static ProposalKernel twoLoops() {
        return (text, law, choices) -> {
            List<Double> remaining = new ArrayList<>(List.of(1.0));
            double[] pool = law.toArray();
            int first = accepted(text, pool, remaining, choices);
            if (first < 0) {
                return ProposalKernel.Proposed.none(0);
            }
            accepted(text, pool, remaining, choices);
            double sum = remaining.stream().mapToDouble(mass -> 1 / mass).sum();
            return new ProposalKernel.Proposed(first, -Math.log(sum), 0);
        };
    }

    private static int accepted(Prefix text, double[] pool, List<Double> remaining, Choices choices) {
        while (remaining.get(remaining.size() - 1) > 0) {
            int token = choices.categorical(pool, pool.length);
            if (text.mask().allows(token)) {
                return token;
            }
            pool[token] = 0;
            remaining.add(Arrays.stream(pool).sum());
        }
        return -1;
    }

    /** The model's law conditioned on a good end, by the expected reward c: {@code p(t) c(xt) / c(x)}. */
    static ProposalKernel conditioned(ToDoubleFunction<Prefix> completion) {
        return (text, law, choices) -> {
            int[] ids = text.mask().ids();
            double[] weights = new double[ids.length];
            for (int i = 0; i < ids.length; i++) {
                weights[i] = law.of(ids[i]) * completion.applyAsDouble(text.then(ids[i]));
            }
            int token = ids[choices.categorical(weights, ids.length)];
            double ratio = completion.applyAsDouble(text) / completion.applyAsDouble(text.then(token));
            return new ProposalKernel.Proposed(token, Math.log(ratio), 0);
        };
    }
}
