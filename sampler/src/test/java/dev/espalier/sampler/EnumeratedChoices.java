// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.sampler.law.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Walks every trace of code that draws through {@link Choices}: replays a prefix of decisions, takes the first possible one
 * after it, and moves on to the next trace until none is left.
 */
public final class EnumeratedChoices implements Choices {

    private final List<Integer> taken = new ArrayList<>();
    private final List<double[]> laws = new ArrayList<>();
    private int position;
    private double least;

    /** One way that the code under test can go. */
    public record Trace<T>(T result, double probability) {}

    /** All traces of a piece of code with their probabilities, which add up to 1. */
    public static <T> List<Trace<T>> walk(Function<Choices, T> code) {
        return walk(code, 0);
    }

    /** As {@link #walk(Function)}, without the traces that fall below a probability; what is missing to 1 was left out. */
    public static <T> List<Trace<T>> walk(Function<Choices, T> code, double least) {
        List<Trace<T>> traces = new ArrayList<>();
        EnumeratedChoices choices = new EnumeratedChoices();
        choices.least = least;
        do {
            choices.position = 0;
            try {
                T result = code.apply(choices);
                traces.add(new Trace<>(result, choices.probability()));
            } catch (TooRareException leftOut) {
                continue;
            }
        } while (choices.advance());
        return traces;
    }

    /** Leaves a trace that has become too rare. */
    private static final class TooRareException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooRareException() {
            super("", null, false, false);
        }
    }

    @Override
    public int categorical(double[] weights, int count) {
        if (position == taken.size()) {
            double total = 0;
            for (int i = 0; i < count; i++) {
                total += weights[i];
            }
            double[] law = new double[count];
            for (int i = 0; i < count; i++) {
                law[i] = weights[i] / total;
            }
            laws.add(law);
            taken.add(next(law, -1));
        }
        int index = taken.get(position++);
        if (position == taken.size() && probability() < least) {
            throw new TooRareException();
        }
        return index;
    }

    @Override
    public double uniform() {
        throw new UnsupportedOperationException("only categorical choices can be enumerated");
    }

    private double probability() {
        double product = 1;
        for (int i = 0; i < position; i++) {
            product *= laws.get(i)[taken.get(i)];
        }
        return product;
    }

    private boolean advance() {
        for (int last = taken.size() - 1; last >= 0; last--) {
            int next = next(laws.get(last), taken.get(last));
            taken.remove(last);
            if (next < laws.get(last).length) {
                taken.add(next);
                return true;
            }
            laws.remove(last);
        }
        return false;
    }

    private static int next(double[] law, int after) {
        int index = after + 1;
        while (index < law.length && law[index] == 0) {
            index++;
        }
        return index;
    }
}
