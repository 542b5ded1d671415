// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.mask.RandomVocabulary;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskStoreTest {

    private static final int THREADS = 8;
    private static final int MASKS = 40;

    /** A thread that finds another one evicting leaves what it added to that one. */
    @Test
    void theBoundHoldsBehindManyThreads() throws InterruptedException {
        Vocabulary vocabulary = RandomVocabulary.complete(new Random(9), 300, "ab", 3);
        Limits limits = Limits.DEFAULT.withMaxCacheBytes(8 << 10);
        for (int round = 0; round < 400; round++) {
            MaskStore store = new MaskStore(vocabulary, limits);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                threads.add(new Thread(() -> fill(store, vocabulary.size(), seed)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertTrue(store.stats().evictions() > 0);
            assertTrue(
                    store.stats().bytes() <= limits.maxCacheBytes() / 2,
                    store.stats().toString());
        }
    }

    private static void fill(MaskStore store, int size, int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < MASKS; i++) {
            int[] ids =
                    IntStream.range(0, size).filter(id -> random.nextBoolean()).toArray();
            store.put(seed + " " + i, new FrameMask(TokenMask.of(size, ids), new int[0], List.of(), 1));
        }
    }
}
