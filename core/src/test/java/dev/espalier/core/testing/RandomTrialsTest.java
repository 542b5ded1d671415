// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

class RandomTrialsTest implements CountedTrials {

    private final List<Long> seeds = new ArrayList<>();

    @RandomTrials(5)
    void eachTrialHasItsSeedAndARandomOfThatSeed(long seed, Random random) {
        seeds.add(seed);
        assertEquals(new Random(seed).nextLong(), random.nextLong());
        assertTrue(RandomTrialsExtension.message("name", seed, new AssertionError("why"))
                .contains("-Despalier.test.seed=" + seed));
    }

    /** One instance sees them all, in order. */
    @Override
    public void afterTrials() {
        List<Long> all =
                LongStream.range(0, RandomTrialsExtension.trials(5)).boxed().toList();
        assertEquals(all, seeds);
    }
}
