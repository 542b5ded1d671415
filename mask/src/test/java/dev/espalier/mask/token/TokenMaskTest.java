// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.InvalidInputException;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TokenMaskTest {

    @Test
    void sparseAndDenseMasksAnswerAlike() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int size = 1 + random.nextInt(3000);
            TokenSet set = new TokenSet(size);
            for (int round = 0; round < 3; round++) {
                TreeSet<Integer> expected = new TreeSet<>();
                int adds = random.nextInt(1500);
                for (int i = 0; i < adds; i++) {
                    int id = random.nextInt(size);
                    expected.add(id);
                    set.add(id);
                }
                check(set.toMask(), size, expected, "seed " + seed);
            }
        }
    }

    private static void check(TokenMask mask, int size, TreeSet<Integer> expected, String message) {
        int[] ids = expected.stream().mapToInt(Integer::intValue).toArray();
        assertEquals(ids.length, mask.count(), message);
        assertEquals(ids.length <= TokenMask.SPARSE, mask.isSparse(), message);
        assertArrayEquals(ids, mask.ids(), message);
        long[] words = new long[mask.words() + 2];
        Arrays.fill(words, -1);
        mask.copyTo(words);
        for (int id = -1; id <= size; id++) {
            assertEquals(expected.contains(id), mask.allows(id), message);
        }
        for (int i = 0; i < mask.words(); i++) {
            assertEquals(mask.word(i), words[i], message);
        }
        assertEquals(0, words[mask.words()], message);
        assertEquals(mask, TokenMask.of(size, ids), message);
    }

    @Test
    void wrongSizesAreRefused() {
        TokenMask mask = TokenMask.of(130, 0, 129);
        assertThrows(InvalidInputException.class, () -> mask.copyTo(new long[2]));
        assertThrows(InvalidInputException.class, () -> TokenMask.of(130, 130));
        assertFalse(mask.allows(130));
        assertFalse(mask.allows(-1));
    }
}
