// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.state.Reach;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tables that are forgotten and made anew, or never made, are those that would be made one after another. */
class LengthTablesTest {

    /** Memory for so many bytes. */
    private static final class Bounded implements LengthTables.Memory {
        private final long most;
        private long spent;

        Bounded(long most) {
            this.most = most;
        }

        @Override
        public boolean take(long bytes) {
            boolean isFree = spent + bytes <= most;
            spent += isFree ? bytes : 0;
            return isFree;
        }

        @Override
        public void give(long bytes) {
            spent -= bytes;
        }
    }

    /** Shortest paths of so many steps in a graph: an edge by its ends, {@link Integer#MAX_VALUE} for none. */
    private static int[] step(int[][] edges, int[] after) {
        int[] before = new int[after.length];
        for (int from = 0; from < before.length; from++) {
            before[from] = Integer.MAX_VALUE;
            for (int to = 0; to < after.length; to++) {
                if (edges[from][to] < Integer.MAX_VALUE && after[to] < Integer.MAX_VALUE) {
                    before[from] = Math.min(before[from], Reach.add(after[to], edges[from][to]));
                }
            }
        }
        return before;
    }

    @RandomTrials(400)
    void tablesAreTheSameWhateverIsKept(Random random) {
        int size = 1 + random.nextInt(6);
        int[][] edges = new int[size][size];
        for (int[] row : edges) {
            Arrays.setAll(row, to -> random.nextInt(3) > 0 ? Integer.MAX_VALUE : random.nextInt(4));
        }
        int[] start = new int[size];
        Arrays.setAll(start, i -> random.nextInt(2) == 0 ? Integer.MAX_VALUE : random.nextInt(9));
        Bounded memory = new Bounded(4L * size * random.nextInt(40));
        LengthTables tables = new LengthTables(start, after -> step(edges, after), memory);
        for (int i = 0; i < 40; i++) {
            int number = random.nextInt(3) == 0 ? random.nextInt(600) : random.nextInt(30);
            int[] expected = start;
            for (int n = 0; n < number; n++) {
                expected = step(edges, expected);
            }
            for (int index = 0; index < size; index++) {
                assertEquals(expected[index], tables.at(number, index), () -> "table " + number);
            }
            assertTrue(memory.spent <= memory.most);
        }
    }

    @Test
    void aRowThatRepeatsItselfIsNotMadeToItsEnd() {
        int[] made = new int[1];
        LengthTables tables = new LengthTables(
                new int[] {5, Integer.MAX_VALUE, 0},
                after -> {
                    made[0]++;
                    return step(new int[][] {{3, Integer.MAX_VALUE, 9}, {0, 1, 1}, {2, 2, 2}}, after);
                },
                new Bounded(0));
        assertEquals(1_000_000_001, tables.at(1_000_000_000, 2));
        assertEquals(Integer.MAX_VALUE - 1, tables.at(Integer.MAX_VALUE, 0));
        assertTrue(made[0] < 1_000, () -> made[0] + " tables");
    }
}
