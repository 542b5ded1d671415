// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Limits;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Arrays of which several things are counted compile, however large the counts, and their distances are exact. */
class CountedItemsTest {

    private static String each(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(","));
    }

    private static SchemaOptions compact() {
        return SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.COMPACT);
    }

    private static int distance(String schema) {
        return new Stepper(Limits.DEFAULT)
                .distance(StackSet.of(new SchemaCompiler()
                        .compile(schema, compact())
                        .automaton()
                        .start()));
    }

    /** Counts of overlapping sets of small numbers, with bounds on length and items in front that are asked something else. */
    private static String random(Random random) {
        StringJoiner counts = new StringJoiner(",", "[", "]");
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            int least = random.nextInt(4);
            int most = least + random.nextInt(3);
            int from = random.nextInt(8);
            counts.add("{\"contains\":{\"minimum\":" + from + ",\"maximum\":" + (from + random.nextInt(5))
                    + "},\"minContains\":" + least + (random.nextBoolean() ? "" : ",\"maxContains\":" + most) + "}");
        }
        String items = random.nextBoolean() ? "" : ",\"maxItems\":" + (3 + random.nextInt(4));
        String first = random.nextInt(3) > 0 ? "" : ",\"prefixItems\":[{\"enum\":[3,12,112]}]";
        return "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":12},\"allOf\":" + counts
                + items + first + "}";
    }

    @Test
    void distancesShrinkByOne() {
        Random random = new Random(20261121);
        int compiled = 0;
        for (int trial = 0; trial < 16; trial++) {
            String schema = random(random);
            try {
                FrameContract.check(
                        new SchemaCompiler()
                                .compile(schema, compact())
                                .automaton()
                                .start(),
                        256,
                        trial,
                        2,
                        16);
                compiled++;
            } catch (UnsatisfiableException e) {
                assertTrue(schema.contains("maxItems") || schema.contains("maxContains"), schema);
            }
        }
        assertTrue(compiled > 8);
    }

    @Test
    void eightCountsOfOverlappingSetsAreSearchedBestFirst() {
        String schema = "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"allOf\":["
                + each(
                        8,
                        i -> "{\"contains\":{\"minimum\":" + i + ",\"maximum\":" + (i + 4) + "},\"minContains\":"
                                + (1 + i % 3) + ",\"maxContains\":" + (4 + i % 4) + "}")
                + "]}";
        assertEquals("[2,2,5,7,7]".length(), distance(schema));
        Recogniser recogniser = new Recogniser(new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT)
                .automaton()
                .start());
        assertTrue(recogniser.accepts("[2,2,5,7,7]"));
        assertFalse(recogniser.accepts("[4,4,7,7,7]"));
        assertFalse(recogniser.accepts("[2,2,2,2,4,5,7,7]"));
    }

    @Test
    void eightCountsOfWordsAreSearchedBestFirst() {
        String schema = "{\"type\":\"array\",\"allOf\":["
                + each(8, i -> "{\"contains\":{\"const\":\"v" + i + "\"},\"minContains\":2,\"maxContains\":5}") + "]}";
        assertEquals(2 + 16 * 4 + 15, distance(schema));
    }

    @Test
    void largeCountsAreMultiplied() {
        String integers = "{\"type\":\"array\",\"contains\":{\"type\":\"integer\"},";
        assertEquals(1 + 2 * 1_000_000, distance(integers + "\"minContains\":1000000}"));
        assertEquals(1 + 2 * 5000, distance(integers + "\"minContains\":5000,\"maxContains\":10000}"));
        assertEquals(3, distance(integers + "\"maxContains\":1000000}"));
        assertEquals(Integer.MAX_VALUE - 1, distance(integers + "\"minContains\":1e999}"));
        assertEquals(2, distance("{\"type\":\"array\",\"items\":{\"type\":\"null\"},\"maxItems\":1000000000}"));
        List<String> mixed = List.of("\"minContains\":40,\"minItems\":50,\"maxItems\":60}");
        mixed.forEach(more -> assertEquals(1 + 2 * 50, distance(integers + more)));
    }

    /**
     * Counts by chance of small numbers.
     *
     * @param counts the least and the greatest number that is counted, and how often it comes at least and at most
     * @param first the numbers of which the first item is one
     */
    private record Counts(List<int[]> counts, int maxItems, List<Integer> first) {

        private static final int NEVER = Integer.MAX_VALUE / 2;

        static Counts of(Random random) {
            List<int[]> counts = new ArrayList<>();
            for (int i = random.nextInt(2, 4); i > 0; i--) {
                int from = random.nextInt(11);
                int least = random.nextInt(4);
                int most = random.nextInt(4) == 0 ? 99 : Math.max(1, least + random.nextInt(2));
                counts.add(new int[] {from, from + random.nextInt(9), least, most});
            }
            return new Counts(
                    counts,
                    random.nextBoolean() ? 10 : random.nextInt(2, 8),
                    random.nextInt(3) > 0 ? List.of() : List.of(3, 12, 112));
        }

        String schema() {
            String contains = counts.stream()
                    .map(count -> "{\"contains\":{\"minimum\":" + count[0] + ",\"maximum\":" + count[1]
                            + "},\"minContains\":" + count[2] + ",\"maxContains\":" + count[3] + "}")
                    .collect(Collectors.joining(","));
            return "{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":0,\"maximum\":12},\"allOf\":["
                    + contains + "],\"maxItems\":" + maxItems
                    + (first.isEmpty() ? "" : ",\"prefixItems\":[{\"enum\":" + first + "}]") + "}";
        }

        List<Integer> items(int index) {
            return index == 0 && !first.isEmpty()
                    ? first
                    : IntStream.rangeClosed(0, 12).boxed().toList();
        }

        List<Integer> with(List<Integer> hits, int item) {
            List<Integer> more = new ArrayList<>();
            for (int i = 0; i < counts.size(); i++) {
                boolean isHit = item >= counts.get(i)[0] && item <= counts.get(i)[1];
                more.add(hits.get(i) + (isHit ? 1 : 0));
            }
            return more;
        }

        /** The bytes to the end of an array, by trying all items. */
        int bytes(int index, List<Integer> hits, boolean must, Map<List<Integer>, Integer> known) {
            boolean isEnough = true;
            for (int i = 0; i < counts.size(); i++) {
                isEnough &= hits.get(i) >= counts.get(i)[2];
                if (hits.get(i) > counts.get(i)[3]) {
                    return NEVER;
                }
            }
            List<Integer> key = new ArrayList<>(hits);
            key.add(must ? -1 - index : index);
            Integer found = known.get(key);
            if (found == null) {
                found = isEnough && !must ? 1 : NEVER;
                for (int item : index < maxItems ? items(index) : List.<Integer>of()) {
                    int own = (must || index == 0 ? 0 : 1)
                            + Integer.toString(item).length();
                    found = Math.min(found, own + bytes(index + 1, with(hits, item), false, known));
                }
                known.put(key, found);
            }
            return found;
        }
    }

    /** At the start and behind each comma of an array. */
    @RandomTrials(24)
    void distancesAreThoseOfTryingAllItems(long seed, Random random) {
        Counts counts = Counts.of(random);
        List<Integer> hits = Collections.nCopies(counts.counts().size(), 0);
        Map<List<Integer>, Integer> known = new HashMap<>();
        int whole = counts.bytes(0, hits, false, known);
        if (whole >= Counts.NEVER) {
            assertThrows(UnsatisfiableException.class, () -> distance(counts.schema()), counts.schema());
            return;
        }
        assertEquals(1 + whole, distance(counts.schema()), counts.schema());
        Recogniser recogniser = Recogniser.of(counts.schema(), compact());
        StringBuilder text = new StringBuilder("[");
        for (int index = 0; index < counts.maxItems(); index++) {
            List<Integer> items = counts.items(index);
            int item = items.get(random.nextInt(items.size()));
            hits = counts.with(hits, item);
            text.append(item).append(',');
            int expected = counts.bytes(index + 1, hits, true, known);
            StackSet after = recogniser.after(text.toString());
            assertEquals(expected >= Counts.NEVER, after.isEmpty(), counts.schema() + " after " + text);
            if (after.isEmpty()) {
                break;
            }
            assertEquals(expected, recogniser.stepper().distance(after), counts.schema() + " after " + text);
        }
    }
}
