// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** The unused values of classes, held to all values of a small world without those that were used. */
@org.jspecify.annotations.NullUnmarked
class FreshValuesTest implements CountedTrials {

    private int named;
    private int over;
    private int summed;

    @RandomTrials(20)
    void unusedValuesAreThoseThatNoItemBeforeHas(long seed, Random random) {
        RandomClasses classes = new RandomClasses(random);
        int[] results = Arrays.stream(classes.results())
                .filter(result -> !classes.members(result).isEmpty())
                .toArray();
        if (results.length > 0) {
            classes.lanes().run(() -> {
                for (int i = 0; i < 5; i++) {
                    write(classes, results, random, "seed " + seed + ", array " + i);
                }
            });
        }
    }

    /** Items that were read, and then some that are only looked ahead to. */
    private void write(RandomClasses classes, int[] results, Random random, String where) {
        int diagram = classes.diagram();
        FreshValues fresh = new FreshValues(classes.lanes().language());
        ClassValues values = classes.lanes().language().values();
        Map<String, SeenItems.Item> world = new HashMap<>();
        classes.world().forEach(item -> world.put(item.value().canonical(), item));
        List<SeenItems.Item> some = new ArrayList<>(world.values());
        Collections.shuffle(some, random);
        SeenItems read = SeenItems.NONE;
        Set<String> used = new HashSet<>();
        for (SeenItems.Item item : some.subList(0, random.nextInt(12))) {
            read = read.with(item);
            used.add(item.value().canonical());
        }
        SeenItems seen = read;
        int favourite = results[random.nextInt(results.length)];
        boolean mixed = random.nextBoolean();
        for (int i = 0; i < 8; i++) {
            int each = mixed ? results[random.nextInt(results.length)] : favourite;
            TreeMap<String, Integer> left = classes.members(each);
            Integer least = left.values().stream().min(Integer::compare).orElse(0);
            int repeated = left.entrySet().stream()
                    .filter(member -> used.contains(member.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .min()
                    .orElse(Integer.MAX_VALUE);
            assertEquals(repeated, fresh.leastRepeated(diagram, each, seen), where);
            left.keySet().removeAll(used);
            int count = random.nextInt(1, 5);
            long bytes = fresh.bytes(diagram, each, count, seen);
            if (bytes == FreshValues.UNKNOWN) {
                assertTrue(mixed, where);
            } else {
                long sum = left.values().stream()
                        .sorted()
                        .limit(count)
                        .mapToLong(Integer::longValue)
                        .sum();
                assertEquals(left.size() < count ? FreshValues.NONE : sum, bytes, where);
                summed++;
            }
            ClassValues.Sized next = fresh.shortest(diagram, each, least, seen);
            assertEquals(left.isEmpty(), next == null, where);
            if (next == null) {
                over++;
                continue;
            }
            ItemValue.Some name = next.value().some();
            ItemValue value = values.shortestWithout(name.diagram(), name.each(), read, name.n())
                    .value();
            assertEquals(Collections.min(left.values()), next.bytes(), where);
            assertEquals(left.get(value.canonical()), next.bytes(), where);
            assertTrue(used.add(value.canonical()), where);
            SeenItems.Item real = world.get(value.canonical());
            assertFalse(seen.contains(next.value()), where);
            seen = seen.with(new SeenItems.Item(next.value(), real.lanes(), next.bytes()));
            named++;
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(named > 200 && over > 50 && summed > 200, named + " named, " + over + " over, " + summed + " sums");
    }
}
