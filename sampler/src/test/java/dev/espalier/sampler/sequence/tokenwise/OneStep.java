// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.TokenPredicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The choice of one token: a model's law, a mask, a predicate on top of it.
 *
 * @param law the model's law
 * @param masked the tokens of the mask
 * @param allowed the tokens that the predicate allows
 */
record OneStep(TokenLaw law, Set<Integer> masked, Set<Integer> allowed) {

    /** What a trace of a proposal came to, and the tokens that the predicate refused on the way. */
    record Traced(ProposalKernel.Proposed proposed, List<Integer> refused) {}

    /** A law under a mask of all tokens. */
    static OneStep of(double[] weights, Integer... allowed) {
        return new OneStep(
                TokenLaw.ofWeights(weights.clone()),
                IntStream.range(0, weights.length).boxed().collect(Collectors.toSet()),
                Set.of(allowed));
    }

    /** A random law, mask and predicate; masses that differ by orders of magnitude are common. */
    static OneStep random(Random random, int size, boolean allMasked) {
        double[] weights = new double[size];
        double steepness = 3 * random.nextDouble();
        for (int id = 0; id < size; id++) {
            weights[id] = Math.pow(id + 1, -steepness) * (0.1 + random.nextDouble());
        }
        Set<Integer> masked = new TreeSet<>();
        Set<Integer> allowed = new TreeSet<>();
        for (int id = 0; id < size; id++) {
            if (allMasked || random.nextInt(4) > 0) {
                masked.add(id);
            }
            if (random.nextBoolean()) {
                allowed.add(id);
            }
        }
        return new OneStep(TokenLaw.ofWeights(weights), masked, allowed);
    }

    /** A Zipf law of many tokens. */
    static OneStep zipf(int size, double exponent, Set<Integer> allowed) {
        double[] weights = new double[size];
        for (int id = 0; id < size; id++) {
            weights[id] = Math.pow(id + 1, -exponent);
        }
        return new OneStep(
                TokenLaw.ofWeights(weights), IntStream.range(0, size).boxed().collect(Collectors.toSet()), allowed);
    }

    /** What a proposal should give a token: its probability if mask and predicate allow it. */
    double expected(int token) {
        return masked.contains(token) && allowed.contains(token) ? law.of(token) : 0;
    }

    /** The mass that mask and predicate allow. */
    double mass() {
        return IntStream.range(0, law.size()).mapToDouble(this::expected).sum();
    }

    Prefix text() {
        int[] ids = masked.stream().mapToInt(Integer::intValue).sorted().toArray();
        return Prefix.empty(new Fixed(TokenMask.of(law.size(), ids)), 10);
    }

    /** Runs a proposal once. */
    Traced run(Function<TokenPredicate, ? extends ProposalKernel> proposal, Choices choices) {
        List<Integer> refused = new ArrayList<>();
        TokenPredicate predicate = (text, token) -> {
            boolean allows = allowed.contains(token);
            if (!allows) {
                refused.add(token);
            }
            return allows;
        };
        return new Traced(proposal.apply(predicate).propose(text(), law, choices), refused);
    }

    /** All traces of a proposal. */
    List<EnumeratedChoices.Trace<Traced>> traces(Function<TokenPredicate, ? extends ProposalKernel> proposal) {
        return EnumeratedChoices.walk(choices -> run(proposal, choices));
    }

    /** E[w · 1{token}] of a proposal, by token. */
    double[] measure(Function<TokenPredicate, ? extends ProposalKernel> proposal) {
        double[] measure = new double[law.size()];
        for (EnumeratedChoices.Trace<Traced> trace : traces(proposal)) {
            ProposalKernel.Proposed proposed = trace.result().proposed();
            if (proposed.token() >= 0) {
                measure[proposed.token()] += trace.probability() * Math.exp(proposed.logWeight());
            }
        }
        return measure;
    }

    /** The greatest difference of a proposal's measure from what it should be, relative to each token. */
    double error(Function<TokenPredicate, ? extends ProposalKernel> proposal) {
        double[] measure = measure(proposal);
        double worst = 0;
        for (int token = 0; token < measure.length; token++) {
            double expected = expected(token);
            double difference = Math.abs(measure[token] - expected);
            worst = Math.max(worst, expected == 0 ? difference : difference / expected);
        }
        return worst;
    }

    /** The exact variance of a proposal's weight. */
    double variance(Function<TokenPredicate, ? extends ProposalKernel> proposal) {
        double second = 0;
        for (EnumeratedChoices.Trace<Traced> trace : traces(proposal)) {
            second +=
                    trace.probability() * Math.exp(2 * trace.result().proposed().logWeight());
        }
        return second - Math.pow(Arrays.stream(measure(proposal)).sum(), 2);
    }

    /** The same mask wherever it is asked. */
    private record Fixed(TokenMask mask) implements TokenConstraint {

        @Override
        public TokenConstraint fork() {
            return this;
        }

        @Override
        public TokenMask mask(int remainingTokens) {
            return mask;
        }

        @Override
        public void accept(int token) {}

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean isAccepting() {
            return false;
        }

        @Override
        public byte[] forced() {
            return new byte[0];
        }

        @Override
        public int leastTokensToEnd() {
            return 0;
        }
    }
}
