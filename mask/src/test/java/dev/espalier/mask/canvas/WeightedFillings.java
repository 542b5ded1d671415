// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The oracle of weighted blocks: the tokens of the block in every completion, each once, with their weight. */
final class WeightedFillings {

    private final WeightedBlock block;
    private final Map<List<Integer>, Double> weights = new LinkedHashMap<>();

    WeightedFillings(Fillings fillings, WeightedBlock block) {
        this.block = block;
        fillings.each(block.canvas(), filling -> {
            double weight = 0;
            for (int slot = block.from(); slot < block.to(); slot++) {
                weight += block.canvas().isFree(slot) ? block.weights().apply(slot)[filling[slot]] : 0;
            }
            if (weight > Double.NEGATIVE_INFINITY) {
                weights.put(list(Arrays.copyOfRange(filling, block.from(), block.to())), weight);
            }
        });
    }

    static List<Integer> list(int[] tokens) {
        return Arrays.stream(tokens).boxed().collect(Collectors.toList());
    }

    /** Block tokens with their weight. */
    Map<List<Integer>, Double> weights() {
        return weights;
    }

    double best() {
        return weights.values().stream().mapToDouble(weight -> weight).max().orElseThrow();
    }

    double total() {
        return weights.values().stream().mapToDouble(Math::exp).sum();
    }

    double[] marginals(int slot, int vocabularySize) {
        double[] marginals = new double[vocabularySize];
        double total = total();
        weights.forEach((tokens, weight) -> marginals[tokens.get(slot - block.from())] += Math.exp(weight) / total);
        return marginals;
    }
}
