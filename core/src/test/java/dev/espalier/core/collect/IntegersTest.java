// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Lists and maps of integers, compared with those of the Java platform. */
class IntegersTest {

    private static final int OPERATIONS = 400;

    @RandomTrials(200)
    void aListHasWhatWasAdded(Random random) {
        IntList list = new IntList();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            int item = random.nextInt(9) - 2;
            switch (random.nextInt(6)) {
                case 0 -> {
                    list.addOther(item);
                    if (expected.isEmpty() || expected.get(expected.size() - 1) != item) {
                        expected.add(item);
                    }
                }
                case 1 -> {
                    int[] source = random.ints(6).toArray();
                    int from = random.nextInt(6);
                    list.addAll(source, from, 6);
                    for (int k = from; k < 6; k++) {
                        expected.add(source[k]);
                    }
                }
                case 2 -> {
                    if (!expected.isEmpty()) {
                        int index = random.nextInt(expected.size());
                        list.set(index, item);
                        expected.set(index, item);
                    }
                }
                default -> {
                    list.add(item);
                    expected.add(item);
                }
            }
            if (random.nextInt(100) == 0) {
                list.clear();
                expected.clear();
            } else if (random.nextInt(50) == 0) {
                int count = random.nextInt(2 * expected.size() + 1);
                list.truncate(count);
                expected.subList(Math.min(count, expected.size()), expected.size())
                        .clear();
            }
            assertEquals(expected.size(), list.size());
        }
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), list.get(i));
        }
        assertArrayEquals(ints(expected), list.toArray());
        assertArrayEquals(ints(expected.stream().sorted().distinct().toList()), list.toSet());
    }

    @RandomTrials(200)
    void pairsComeBackFromTheEnd(Random random) {
        PairList list = new PairList();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            if (random.nextInt(3) == 0 && !expected.isEmpty()) {
                long last = expected.remove(expected.size() - 1);
                assertEquals(last, (long) list.first() << 32 | list.second());
                list.remove();
            } else if (random.nextInt(200) == 0) {
                list.clear();
                expected.clear();
            } else {
                int first = random.nextInt(5) == 0 ? Integer.MAX_VALUE : random.nextInt(5);
                int second = random.nextInt(5);
                list.add(first, second);
                expected.add((long) first << 32 | second);
            }
            assertEquals(expected.size(), list.size());
        }
        assertArrayEquals(
                expected.stream().mapToLong(pair -> pair).sorted().distinct().toArray(), list.toSorted());
    }

    @RandomTrials(200)
    void pairsHaveTheirValues(Random random) {
        PairMap map = new PairMap();
        Map<List<Integer>, Integer> expected = new HashMap<>();
        for (int i = 0; i < OPERATIONS; i++) {
            int first = random.nextInt(16) == 0 ? random.nextInt() & Integer.MAX_VALUE : random.nextInt(16);
            int second = random.nextInt(16);
            assertEquals(expected.getOrDefault(List.of(first, second), -1), map.get(first, second));
            int value = random.nextInt(1000);
            map.put(first, second, value);
            expected.put(List.of(first, second), value);
            assertEquals(expected.size(), map.size());
            assertEquals(48L * expected.size(), map.bytes());
        }
    }

    @RandomTrials(200)
    void aSparseMapForgetsAtOnce(Random random) {
        SparseMap map = new SparseMap(-7);
        Map<Integer, Integer> expected = new LinkedHashMap<>();
        for (int i = 0; i < OPERATIONS; i++) {
            int key = random.nextInt(random.nextInt(20) == 0 ? 500 : 20);
            assertEquals(expected.containsKey(key), map.has(key));
            assertEquals(expected.getOrDefault(key, -7), map.get(key));
            int value = random.nextInt();
            map.put(key, value);
            expected.put(key, value);
            assertArrayEquals(
                    ints(new ArrayList<>(expected.keySet())), map.keys().toArray());
            if (random.nextInt(50) == 0) {
                map.clear();
                expected.clear();
            }
        }
    }

    @RandomTrials(200)
    void answersAreThoseThatWereGiven(Random random) {
        Answers answers = new Answers();
        BitSet known = new BitSet();
        BitSet yes = new BitSet();
        for (int i = 0; i < OPERATIONS; i++) {
            int index = random.nextInt(300);
            if (!known.get(index)) {
                boolean answer = random.nextBoolean();
                assertEquals(answer, answers.put(index, answer));
                known.set(index);
                yes.set(index, answer);
            }
            int asked = random.nextInt(400);
            assertEquals(known.get(asked), answers.isKnown(asked));
            assertEquals(yes.get(asked), answers.isYes(asked));
            assertEquals(known.get(asked) && !yes.get(asked), answers.isNo(asked));
        }
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(item -> item).toArray();
    }
}
