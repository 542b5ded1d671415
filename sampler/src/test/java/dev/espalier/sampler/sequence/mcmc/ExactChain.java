// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.mcmc;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.EnumeratedChoices;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.sequence.ExactLaw;
import dev.espalier.sampler.sequence.HashTree;
import dev.espalier.sampler.sequence.ResamplingPoint;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A chain over texts as matrices: the first law and one step's, by every trace of the shipped code. */
final class ExactChain {

    private final TokenTree tree;
    private final ResamplingPoint point;
    private final double restarts;
    private final List<EnumeratedChoices.Trace<MaskedText>> texts = new ArrayList<>();
    private final Map<List<Integer>, Integer> index = new HashMap<>();
    private final List<double[]> laws = new ArrayList<>();
    private final double[] stationary;
    private final double[][] kernel;

    /** States are the complete texts, and one more for all that are not. */
    ExactChain(HashTree tree, ResamplingPoint point, double restarts) {
        this.tree = tree;
        this.point = point;
        this.restarts = restarts;
        double dead = 0;
        double[] fromDead = {};
        List<EnumeratedChoices.Trace<MaskedText>> given = new ArrayList<>();
        for (EnumeratedChoices.Trace<MaskedText> trace :
                ExactLaw.walk(choices -> chain(choices).begin())) {
            if (trace.result().text().isComplete()) {
                index.put(tokens(trace.result()), texts.size());
                texts.add(trace);
            } else {
                dead += trace.probability();
                given.add(trace);
            }
        }
        int size = texts.size();
        kernel = new double[size][];
        double[] first = new double[size + 1];
        first[size] = dead;
        stationary = new double[size];
        Map<List<Integer>, Double> probabilities = tree.probabilities();
        double z = tree.evidence();
        for (int i = 0; i < size; i++) {
            first[i] = texts.get(i).probability();
            kernel[i] = row(texts.get(i).result());
            stationary[i] =
                    probabilities.getOrDefault(sample(texts.get(i).result()).tokens(), 0.0) / z;
        }
        for (EnumeratedChoices.Trace<MaskedText> trace : given) {
            fromDead = row(trace.result());
        }
        laws.add(first);
        for (int steps = 1; steps <= 10; steps++) {
            laws.add(after(laws.get(steps - 1), fromDead));
        }
    }

    private TextChain chain(Choices choices) {
        return new TextChain(tree, point, restarts, choices, new Cancellation());
    }

    private double[] row(MaskedText from) {
        double[] row = new double[texts.size() + 1];
        for (EnumeratedChoices.Trace<MaskedText> trace :
                ExactLaw.walk(choices -> chain(choices).step(from))) {
            row[index.getOrDefault(tokens(trace.result()), texts.size())] += trace.probability();
        }
        return row;
    }

    private double[] after(double[] law, double[] fromDead) {
        double[] next = new double[law.length];
        for (int x = 0; x < law.length; x++) {
            double[] row = x < kernel.length ? kernel[x] : fromDead;
            for (int y = 0; y < row.length; y++) {
                next[y] += law[x] * row[y];
            }
        }
        return next;
    }

    private static List<Integer> tokens(MaskedText text) {
        return text.steps().stream().map(MaskedText.Token::token).toList();
    }

    private Sample sample(MaskedText text) {
        return Sample.of(tree, text.text(), 0, 0, dev.espalier.sampler.Target.HEURISTIC);
    }

    /** The complete texts, with their probabilities at first. */
    List<EnumeratedChoices.Trace<MaskedText>> texts() {
        return texts;
    }

    /** The probability of each text, given by its tokens without an end, after some steps, at most 10. */
    Map<List<Integer>, Double> law(int steps) {
        Map<List<Integer>, Double> law = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            law.put(sample(texts.get(i).result()).tokens(), laws.get(steps)[i]);
        }
        return law;
    }

    /** The probability of all complete texts after some steps, at most 10. */
    double total(int steps) {
        return law(steps).values().stream().mapToDouble(p -> p).sum();
    }

    /** The probability of each text among those of the language. */
    double[] stationary() {
        return stationary;
    }

    /** One step, from complete texts to complete ones. */
    double[][] kernel() {
        return kernel;
    }

    /** KL(P ‖ law after some steps), in nats. */
    double divergence(int steps) {
        double sum = 0;
        for (int i = 0; i < stationary.length; i++) {
            sum += stationary[i] * Math.log(stationary[i] / laws.get(steps)[i]);
        }
        return sum;
    }
}
