// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.law;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Choices by the numbers of a generator, and inverse distribution functions in the order of indices. */
final class SeededChoices implements Choices {

    private final RandomGenerator generator;
    /** Numbers that were looked at ahead, and are used up from the first. */
    private double[] seen = new double[8];

    private int from;
    private int to;

    SeededChoices(RandomGenerator generator) {
        this.generator = generator;
    }

    /**
     * A generator of 192 bits. Java 17 looks for generators once, by the context class loader of the thread that asks first, and ever after knows what was found then. Threads of other
     * frameworks may have a loader that sees none.
     */
    static RandomGenerator generator(long seed) {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    @Override
    public double uniform() {
        return from < to ? seen[from++] : generator.nextDouble();
    }

    @Override
    public int categorical(double[] weights, int count) {
        return index(weights, count, uniform());
    }

    @Override
    public Optional<Choices> ahead() {
        return Optional.of(new Choices() {
            private int place;

            @Override
            public double uniform() {
                return SeededChoices.this.ahead(place++);
            }

            @Override
            public int categorical(double[] weights, int count) {
                return index(weights, count, uniform());
            }
        });
    }

    /** A number that is still to come. */
    private double ahead(int place) {
        while (to - from <= place) {
            if (to == seen.length) {
                double[] rest = Arrays.copyOfRange(seen, from, to);
                seen = Arrays.copyOf(rest, Math.max(8, 2 * rest.length));
                to = rest.length;
                from = 0;
            }
            seen[to++] = generator.nextDouble();
        }
        return seen[from + place];
    }

    private static int index(double[] weights, int count, double uniform) {
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += weights[i];
        }
        double point = uniform * total;
        double sum = 0;
        int last = -1;
        for (int i = 0; i < count; i++) {
            if (weights[i] > 0) {
                last = i;
                sum += weights[i];
                if (sum > point) {
                    return i;
                }
            }
        }
        return last;
    }
}
