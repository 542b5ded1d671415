// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowPoolTest {

    @Test
    void extentsNeverOverlapAndFreedRowsComeBack() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            RowPool pool = new RowPool();
            BitSet owned = new BitSet();
            List<int[]> extents = new ArrayList<>();
            for (int step = 0; step < 300; step++) {
                change(pool, owned, extents, random);
                assertEquals(pool.size() - owned.cardinality(), pool.free(), "seed " + seed + " step " + step);
            }
            for (int[] extent : extents) {
                pool.release(extent[0], extent[1]);
            }
            assertEquals(pool.size(), pool.free(), "seed " + seed);
            assertEquals(OptionalInt.of(0), pool.allocate(pool.size()), "seed " + seed);
        }
    }

    private static void change(RowPool pool, BitSet owned, List<int[]> extents, Random random) {
        int rows = 1 + random.nextInt(20);
        int[] extent = extents.isEmpty() ? null : extents.get(random.nextInt(extents.size()));
        if (extent == null || random.nextInt(3) == 0) {
            OptionalInt start = pool.allocate(rows);
            if (start.isEmpty()) {
                int size = pool.grownSize(rows);
                assertTrue(size > pool.size());
                pool.grow(size);
                start = pool.allocate(rows);
            }
            extents.add(new int[] {start.getAsInt(), start.getAsInt() + rows});
            take(owned, start.getAsInt(), start.getAsInt() + rows);
        } else if (random.nextBoolean()) {
            extents.remove(extent);
            pool.release(extent[0], extent[1]);
            owned.clear(extent[0], extent[1]);
        } else if (pool.extend(extent[1], extent[1] + rows)) {
            take(owned, extent[1], extent[1] + rows);
            extent[1] += rows;
        }
    }

    private static void take(BitSet owned, int from, int to) {
        assertFalse(owned.nextSetBit(from) >= 0 && owned.nextSetBit(from) < to, "rows " + from + " to " + to);
        owned.set(from, to);
    }

    @Test
    void capacityIsChunksWithRoomToGrowUpToTheContext() {
        assertEquals(256, RowPool.capacity(1, 4096));
        assertEquals(1024, RowPool.capacity(600, 4096));
        assertEquals(4096, RowPool.capacity(4000, 4096));
        assertEquals(256, RowPool.capacity(100, 128));
    }
}
