// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The open and the visited numbers of a search, held to a list of all that was added, looked through for each question. */
@org.jspecify.annotations.NullUnmarked
class LevelSearchTest {

    /** A number as it was added last: its level is what its path cost and what it is estimated to cost from there. */
    private static final class Added {
        final int number;
        final int before;
        final int spent;
        final int level;
        boolean taken;

        Added(int number, int before, int spent, int level) {
            this.number = number;
            this.before = before;
            this.spent = spent;
            this.level = level;
        }
    }

    /** The last of the lowest level among those not taken. */
    private static Added next(List<Added> all, int most) {
        Added best = null;
        for (Added each : all) {
            if (!each.taken && each.level <= most && (best == null || each.level <= best.level)) {
                best = each;
            }
        }
        return best;
    }

    @RandomTrials(60)
    void aSearchTakesWhatIsLowestOfAllThatWasAdded(long seed, Random random) {
        LevelSearch search = new LevelSearch();
        for (int round = 0; round < 4; round++) {
            search.begin();
            List<Added> all = new ArrayList<>();
            int numbers = random.nextInt(1, 400);
            int scale = random.nextInt(8) == 0 ? 20_000 : random.nextInt(1, 12);
            for (int step = 0; step < 300; step++) {
                String where = "seed " + seed + ", round " + round + ", step " + step;
                if (random.nextInt(3) > 0) {
                    int number = (1 + random.nextInt(numbers)) * 0x9E3779B1;
                    int spent = scale * random.nextInt(6);
                    int level = Math.min(spent + Math.floorMod(number, 7) * scale, 1 << 16);
                    int before = random.nextInt();
                    search.add(number, before, spent, level);
                    if (all.stream().noneMatch(each -> each.number == number && each.spent <= spent)) {
                        all.removeIf(each -> each.number == number);
                        all.add(new Added(number, before, spent, level));
                    }
                } else {
                    int most = scale * random.nextInt(12);
                    Added expected = next(all, most);
                    assertEquals(expected == null ? 0 : expected.number, search.take(most), where);
                    if (expected != null) {
                        expected.taken = true;
                    }
                }
            }
            check(all, search, "seed " + seed + ", round " + round);
        }
    }

    private static void check(List<Added> all, LevelSearch search, String where) {
        Map<Integer, Integer> expected = new HashMap<>();
        for (Added each : all) {
            expected.put(each.number, each.spent);
            assertEquals(each.spent, search.spent(each.number), where);
            assertEquals(each.before, search.before(each.number), where);
        }
        Map<Integer, Integer> visited = new HashMap<>();
        search.each((number, spent) -> assertEquals(null, visited.put(number, spent), where));
        assertEquals(expected, visited, where);
    }
}
