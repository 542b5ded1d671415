// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.espalier.core.testing.RandomTrials;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoTest {

    @RandomTrials(200)
    void aMemoIsAMapThatIsClearedWhenItIsFull(Random random) {
        int most = 1 + random.nextInt(40);
        Memo<Integer, String> memo = new Memo<>(most);
        Map<Integer, String> expected = new HashMap<>();
        long bytes = 0;
        long hits = 0;
        for (int i = 0; i < 400; i++) {
            int key = random.nextInt(60);
            String known = memo.get(key);
            assertEquals(expected.get(key), known);
            hits += known == null ? 0 : 1;
            if (known == null) {
                if (expected.size() >= most) {
                    expected.clear();
                    bytes = 0;
                }
                expected.put(key, "value " + i);
                bytes += key;
                memo.put(key, "value " + i, key);
            }
            if (random.nextInt(50) == 0) {
                memo.clear();
                expected.clear();
                bytes = 0;
            }
            assertEquals(expected.size(), memo.size());
            assertEquals(bytes, memo.bytes());
            assertEquals(hits, memo.hits());
        }
    }

    @Test
    void whatIsWorkedOutMayAskForOthers() {
        Memo<Integer, Long> memo = new Memo<>(4);
        assertEquals(55, fibonacci(memo, 10));
        assertNull(memo.get(1));
    }

    private static long fibonacci(Memo<Integer, Long> memo, int n) {
        return n < 2 ? n : memo.get(n, asked -> fibonacci(memo, asked - 1) + fibonacci(memo, asked - 2));
    }
}
