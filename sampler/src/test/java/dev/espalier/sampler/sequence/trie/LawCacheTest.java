package dev.espalier.sampler.sequence.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.espalier.sampler.law.TokenLaw;
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
}
