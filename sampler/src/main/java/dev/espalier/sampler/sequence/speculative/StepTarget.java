// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.speculative;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.exact.CompletionMass;
import java.util.Arrays;

/** The law of the next token that a sampler follows, made of the model's law and the allowed tokens. Stateless. */
@FunctionalInterface
interface StepTarget {

    /** By how much log c of a text may differ from what the model's law makes of it, for the sake of low precision. */
    double TOLERANCE = 0.1;

    /**
     * A law of the next token.
     *
     * @param tokens the tokens, in ascending order
     * @param probabilities the probability of each; all 0 if the model gives nothing to any
     * @param logWeights log of the weight that each brings to its text, so that {@code probability · weight} adds up to the
     *     model's probability of the text
     */
    record Law(int[] tokens, double[] probabilities, double[] logWeights) {

        /** Whether no token has a positive probability. */
        boolean isEmpty() {
            return Arrays.stream(probabilities).noneMatch(p -> p > 0);
        }
    }

    /** The law of the next token after an unfinished text. */
    Law after(Prefix text, TokenLaw model);

    /** The model's law restricted to the allowed tokens: plain masked sampling. */
    static StepTarget masked() {
        return (text, model) -> {
            int[] tokens = text.mask().ids();
            double[] law = model.of(tokens);
            double[] logWeights = new double[tokens.length];
            Arrays.fill(logWeights, Math.log(normalise(law)));
            return new Law(tokens, law, logWeights);
        };
    }

    /** {@code p(t | x) c(xt) / c(x)}: each token as it comes in the model's law restricted to the language. */
    static StepTarget restricted(CompletionMass mass) {
        return (text, model) -> {
            int[] tokens = text.mask().ids();
            Law law = weighed(model, tokens, mass.logMasses(text, tokens));
            check(text, law, mass);
            return law;
        };
    }

    /** The law proportional to {@code p(t) h(t)}, with the weights {@code Σ p h / h(t)}. */
    private static Law weighed(TokenLaw model, int[] tokens, double[] logFactors) {
        double[] law = model.of(tokens);
        double top = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < law.length; i++) {
            law[i] = Math.log(law[i]) + logFactors[i];
            top = Math.max(top, law[i]);
        }
        for (int i = 0; i < law.length; i++) {
            law[i] = top == Double.NEGATIVE_INFINITY ? 0 : Math.exp(law[i] - top);
        }
        double logSum = top + Math.log(normalise(law));
        double[] logWeights = new double[law.length];
        for (int i = 0; i < law.length; i++) {
            logWeights[i] = logSum - logFactors[i];
        }
        return new Law(tokens, law, logWeights);
    }

    /** Divides weights by their sum, unless that is 0, and returns it. */
    private static double normalise(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length && sum > 0; i++) {
            weights[i] /= sum;
        }
        return sum;
    }

    private static void check(Prefix text, Law law, CompletionMass mass) {
        Prefix parent = text.parent();
        if (parent == null || law.isEmpty()) {
            return;
        }
        double said = mass.logMasses(parent, new int[] {text.token()})[0];
        int any = 0;
        while (law.probabilities()[any] == 0) {
            any++;
        }
        double found = law.logWeights()[any] + mass.logMasses(text, new int[] {law.tokens()[any]})[0];
        if (!(Math.abs(said - found) <= TOLERANCE)) {
            throw new InvalidInputException("the completion masses are not those of this model and language: after "
                    + text.length() + " tokens they say " + said + ", but the model makes it " + found
                    + " (natural logarithms); compute them from the tree that is sampled");
        }
    }
}
