// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** The values of classes, shortest first, held to all values of a small world, judged one by one. */
@org.jspecify.annotations.NullUnmarked
class ClassValuesTest implements CountedTrials {

    private int several;

    @RandomTrials(20)
    void theValuesOfAClassAreThoseThatTheSchemasSaySoOf(long seed, Random random) {
        RandomClasses classes = new RandomClasses(random);
        classes.lanes().run(() -> {
            for (int result : classes.results()) {
                compare(classes, result, random, "seed " + seed + ", result " + result);
            }
        });
    }

    private void compare(RandomClasses classes, int result, Random random, String where) {
        ClassValues values = classes.lanes().language().values();
        int diagram = classes.diagram();
        TreeMap<String, Integer> expected = classes.members(result);
        List<SeenItems.Item> world = classes.world();
        SeenItems early = some(world, random); // before anything was found
        int first = random.nextInt(4);
        ClassValues.Sized asked = values.shortestWithout(diagram, result, early, first);
        List<ClassValues.Sized> all = new ArrayList<>();
        TreeMap<String, Integer> found = new TreeMap<>();
        for (ClassValues.Sized next;
                (next = values.shortestWithout(diagram, result, SeenItems.NONE, all.size())) != null; ) {
            assertTrue(all.isEmpty() || all.get(all.size() - 1).bytes() <= next.bytes(), where);
            assertNull(found.put(next.value().canonical(), next.bytes()), where);
            all.add(next);
        }
        assertEquals(expected, found, where);
        List<ClassValues.Sized> left = without(all, early);
        assertEquals(first < left.size() ? left.get(first) : null, asked, where);
        for (int i = 0; i < 12; i++) {
            SeenItems read = some(world, random);
            left = without(all, read);
            int n = random.nextInt(6);
            int count = random.nextInt(1, 6);
            assertEquals(n < left.size() ? left.get(n) : null, values.shortestWithout(diagram, result, read, n), where);
            long bytes = n + count > left.size()
                    ? -1
                    : left.subList(n, n + count).stream()
                            .mapToLong(ClassValues.Sized::bytes)
                            .sum();
            assertEquals(bytes, values.bytesWithout(diagram, result, read, n, count), where);
            assertEquals(
                    all.size() > n
                            ? null
                            : all.stream().map(ClassValues.Sized::value).toList(),
                    values.few(diagram, result, n),
                    where);
        }
        several += all.size() > 3 ? 1 : 0;
    }

    private static SeenItems some(List<SeenItems.Item> world, Random random) {
        SeenItems seen = SeenItems.NONE;
        int most = random.nextInt(1, 8);
        for (SeenItems.Item item : world) {
            seen = random.nextInt(8) < most ? seen.with(item) : seen;
        }
        return seen;
    }

    private static List<ClassValues.Sized> without(List<ClassValues.Sized> all, SeenItems read) {
        return all.stream().filter(each -> !read.contains(each.value())).toList();
    }

    @Override
    public void afterTrials() {
        assertTrue(several > 15, several + " classes of several values");
    }
}
