// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.espalier.core.testing.RandomTrials;
import dev.espalier.sampler.law.TokenLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LawCacheTest {

    private static TokenLaw law(int size) {
        double[] weights = new double[size];
        weights[0] = 1;
        return TokenLaw.ofWeights(weights);
    }

    @Test
    void theLawsThatWereNotUsedForLongestAreForgotten() {
        int size = LawCache.MAX_PROBABILITIES / 3;
        LawCache cache = new LawCache();
        AtomicInteger asked = new AtomicInteger();
        TokenLaw law = law(size);
        for (int node : new int[] {0, 1, 2, 0, 3, 0, 2, 3, 1}) {
            assertSame(law, cache.at(node, () -> {
                asked.incrementAndGet();
                return law;
            }));
        }
        assertEquals(5, asked.get());
    }

    @Test
    void oneLawIsKeptHoweverLarge() {
        LawCache cache = new LawCache();
        TokenLaw law = law(LawCache.MAX_PROBABILITIES + 1);
        cache.put(7, law);
        assertSame(law, cache.at(7, () -> law(1)));
    }

    /** What is kept is what a list in order of use keeps. */
    @RandomTrials(60)
    void lawsAreForgottenAsThoseAtTheEndOfAListAre(long seed, Random random) {
        int room = random.nextInt(8, 60);
        TokenLaw law = law(LawCache.MAX_PROBABILITIES / room);
        LawCache cache = new LawCache();
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int node = random.nextInt(2 * room);
            if (random.nextInt(5) == 0) {
                cache.put(node, law);
            } else {
                boolean[] asked = new boolean[1];
                cache.at(node, () -> {
                    asked[0] = true;
                    return law;
                });
                assertEquals(!used.contains(node), asked[0], "seed " + seed + ", question " + i);
            }
            used.remove((Integer) node);
            used.add(node);
            used.subList(0, Math.max(0, used.size() - room)).clear();
        }
    }
}
