// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.espalier.core.testing.RandomTrials;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Tuples of integers by number, compared with a map from lists to numbers. */
class IndexTest {

    private static final int OPERATIONS = 400;

    @RandomTrials(200)
    void arraysAreNumberedInTheOrderInWhichTheyCome(Random random) {
        IntArrayIndex index = new IntArrayIndex();
        Map<List<Integer>, int[]> arrays = new HashMap<>();
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        for (int i = 0; i < OPERATIONS; i++) {
            int[] array = sequence(random);
            List<Integer> key = list(array);
            assertEquals(numbers.getOrDefault(key, -1), index.find(array));
            int expected = numbers.computeIfAbsent(key, unused -> numbers.size());
            assertEquals(expected, index.add(array));
            assertSame(arrays.computeIfAbsent(key, unused -> array), index.get(expected));
            assertEquals(numbers.size(), index.size());
        }
        long cells = arrays.values().stream().mapToLong(array -> array.length).sum();
        assertEquals(40L * arrays.size() + 4 * cells, index.bytes());
    }

    @RandomTrials(200)
    void sequencesAreNumberedInTheOrderInWhichTheyCome(Random random) {
        SequenceIndex index = new SequenceIndex();
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        int[] scratch = new int[20];
        for (int i = 0; i < OPERATIONS; i++) {
            int[] sequence = sequence(random);
            int expected = numbers.computeIfAbsent(list(sequence), unused -> numbers.size());
            if (random.nextBoolean()) {
                assertEquals(expected, index.add(sequence));
            } else {
                System.arraycopy(sequence, 0, scratch, 0, sequence.length);
                assertEquals(expected, index.add(scratch, sequence.length));
                Arrays.fill(scratch, random.nextInt());
            }
            assertEquals(numbers.size(), index.size());
            if (random.nextInt(150) == 0) {
                index.clear();
                numbers.clear();
            }
        }
    }

    @RandomTrials(200)
    void pairsAreNumberedInTheOrderInWhichTheyCome(Random random) {
        PairIndex index = new PairIndex();
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        for (int i = 0; i < OPERATIONS; i++) {
            int first = number(random);
            int second = number(random);
            List<Integer> key = List.of(first, second);
            assertEquals(numbers.getOrDefault(key, -1), index.find(first, second));
            int expected = numbers.computeIfAbsent(key, unused -> numbers.size());
            assertEquals(expected, index.add(first, second));
            assertEquals(key, List.of(index.first(expected), index.second(expected)));
            assertEquals(numbers.size(), index.size());
        }
    }

    @RandomTrials(200)
    void triplesAreNumberedInTheOrderInWhichTheyCome(Random random) {
        TripleIndex index = new TripleIndex();
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        for (int i = 0; i < OPERATIONS; i++) {
            int[] triple = {number(random), number(random), number(random)};
            int expected = numbers.computeIfAbsent(list(triple), unused -> numbers.size());
            assertEquals(expected, index.add(triple[0], triple[1], triple[2]));
            assertArrayEquals(
                    triple, new int[] {index.part(expected, 0), index.part(expected, 1), index.part(expected, 2)});
            assertEquals(numbers.size(), index.size());
        }
    }

    /** Often small, so that much comes again; sometimes any. */
    private static int number(Random random) {
        return random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(24) - 4;
    }

    private static int[] sequence(Random random) {
        return random.ints(random.nextInt(random.nextInt(10) == 0 ? 20 : 4), -2, 6)
                .toArray();
    }

    private static List<Integer> list(int[] sequence) {
        return Arrays.stream(sequence).boxed().collect(Collectors.toList());
    }
}
