// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.draw.TokenSampler;
import dev.espalier.sampler.law.Choices;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is read from the logits of a pass. */
class ModelPassTest {

    @Test
    void theLikeliestTokensAreThoseOfASort() {
        Random random = new Random(3);
        int size = 18;
        for (int run = 0; run < 300; run++) {
            double[] row = random.doubles(size).map(x -> Math.floor(8 * x)).toArray();
            float[] logits = new float[size];
            for (int token = 0; token < size; token++) {
                logits[token] = (float) row[token];
            }
            ModelPass pass = new ModelPass(
                    Map.of(0, logits),
                    0,
                    new ModelPass.Proposer(SamplingParameters.DEFAULT, Choices.seeded(0), new TokenSampler(size)));
            int[] ids = IntStream.range(0, size)
                    .filter(id -> id == 5 || random.nextInt(3) > 0)
                    .toArray();
            int count = 1 + random.nextInt(8);
            List<Integer> sorted = IntStream.of(ids)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer id) -> -row[id]))
                    .limit(count)
                    .toList();
            assertEquals(
                    sorted,
                    pass.likeliest(0, TokenMask.of(size, ids), count).stream()
                            .map(SlotScore::token)
                            .toList(),
                    "seed 3, run " + run);
        }
    }
}
