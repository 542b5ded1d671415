// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.sampler.sequence.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The law that samples put on texts: each counts by its weight, or all complete ones alike. Immutable. */
final class EmpiricalLaw {

    private final Map<List<Integer>, Double> shares;

    private EmpiricalLaw(Map<List<Integer>, Double> shares) {
        this.shares = shares;
    }

    /** The law {@code Σ w · 1{x} / Σ w} of samples, w being their weights. */
    static EmpiricalLaw weighted(List<Sample> samples) {
        double top = samples.stream().mapToDouble(Sample::logWeight).max().orElse(Double.NEGATIVE_INFINITY);
        Map<List<Integer>, Double> sums = new HashMap<>();
        for (Sample sample : samples) {
            if (sample.logWeight() > Double.NEGATIVE_INFINITY) {
                sums.merge(sample.tokens(), Math.exp(sample.logWeight() - top), Double::sum);
            }
        }
        return normalised(sums);
    }

    /** The shares of complete samples, whatever their weights. */
    static EmpiricalLaw unweighted(List<Sample> samples) {
        Map<List<Integer>, Double> counts = new HashMap<>();
        samples.stream().filter(Sample::complete).forEach(sample -> counts.merge(sample.tokens(), 1.0, Double::sum));
        return normalised(counts);
    }

    private static EmpiricalLaw normalised(Map<List<Integer>, Double> sums) {
        double total = sums.values().stream().mapToDouble(sum -> sum).sum();
        sums.replaceAll((text, sum) -> sum / total);
        return new EmpiricalLaw(sums);
    }

    /** Whether no sample counts: there is no law then. */
    boolean isEmpty() {
        return shares.isEmpty();
    }

    /** The Kullback–Leibler divergence of this law from an exact one, in nats: {@code Σ P̂ ln (P̂ / P)}. */
    double divergence(ExactLaw exact) {
        double sum = 0;
        for (Map.Entry<List<Integer>, Double> share : shares.entrySet()) {
            sum += share.getValue() * Math.log(share.getValue() / exact.of(share.getKey()));
        }
        return Math.max(0, sum);
    }

    /** The total variation distance from an exact law, 0 to 1; 1 if there is no law. */
    double distance(ExactLaw exact) {
        if (isEmpty()) {
            return 1;
        }
        double differences = 0;
        double unseen = 1;
        for (Map.Entry<List<Integer>, Double> share : shares.entrySet()) {
            double probability = exact.of(share.getKey());
            differences += Math.abs(share.getValue() - probability);
            unseen -= probability;
        }
        return (differences + Math.max(0, unseen)) / 2;
    }

    /** The total variation distance from another empirical law, 0 to 1. */
    double distance(EmpiricalLaw other) {
        double common = 0;
        for (Map.Entry<List<Integer>, Double> share : shares.entrySet()) {
            common += Math.min(share.getValue(), other.shares.getOrDefault(share.getKey(), 0.0));
        }
        return Math.max(0, 1 - common);
    }
}
