// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.mask.token.TokenMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What stands for a mask, held to the mask's tokens, and to a map of all masks that were asked for. */
@org.jspecify.annotations.NullUnmarked
class MaskInternerTest implements CountedTrials {

    private static final int SIZE = 600;

    private int again;
    private int missed;

    @RandomTrials(5)
    void whatStandsForAMaskHasItsTokensAndIsNearlyAlwaysOneObject(long seed, Random random) {
        MaskInterner interner = new MaskInterner();
        List<int[]> sets = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int most = random.nextInt(20) == 0 ? SIZE : 4;
            int[] ids = random.ints(random.nextInt(most), 0, SIZE)
                    .sorted()
                    .distinct()
                    .toArray();
            sets.add(
                    random.nextInt(10) == 0
                            ? random.ints(3_000, 0, SIZE).sorted().distinct().toArray()
                            : ids);
        }
        Map<List<Integer>, TokenMask> known = new HashMap<>();
        List<TokenMask> alive = new ArrayList<>(); // the table keeps none
        for (int i = 0; i < 3_000; i++) {
            int[] ids = sets.get(random.nextInt(sets.size()));
            TokenMask asked = TokenMask.of(SIZE, ids);
            alive.add(asked);
            TokenMask found = interner.intern(asked);
            List<Integer> content = Arrays.stream(ids).boxed().toList();
            assertEquals(content, Arrays.stream(ids(found)).boxed().toList(), "seed " + seed);
            assertSame(found, interner.intern(TokenMask.of(SIZE, ids)), "seed " + seed);
            TokenMask before = known.put(content, found);
            again += before == found ? 1 : 0;
            missed += before != null && before != found ? 1 : 0;
        }
        assertEquals(3_000, alive.size());
    }

    private static int[] ids(TokenMask mask) {
        int[] ids = new int[mask.count()];
        int size = 0;
        for (int id = 0; id < SIZE; id++) {
            if (mask.allows(id)) {
                ids[size++] = id;
            }
        }
        return ids;
    }

    @Override
    public void afterTrials() {
        assertTrue(again > 5_000 && missed > 0 && missed < again / 5, again + " found again, " + missed + " missed");
    }
}
