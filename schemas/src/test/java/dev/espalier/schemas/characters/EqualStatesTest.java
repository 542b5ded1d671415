// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The blocks of equal states are those of Moore's refinement. */
class EqualStatesTest {

    private static final int DEAD = -1;

    /** By state the first state that equals it. */
    private static List<Integer> firsts(int[] blocks) {
        Map<Integer, Integer> first = new HashMap<>();
        List<Integer> firsts = new ArrayList<>();
        for (int state = 0; state < blocks.length; state++) {
            int at = state;
            firsts.add(blocks[state] < 0 ? DEAD : first.computeIfAbsent(blocks[state], block -> at));
        }
        return firsts;
    }

    private static int[] moore(List<int[]> transitions, int[] names) {
        int[] blocks = names.clone();
        for (int round = 0; round <= names.length; round++) {
            int[] before = blocks;
            Map<List<Integer>, Integer> numbers = new HashMap<>();
            int[] after = new int[before.length];
            for (int state = 0; state < before.length; state++) {
                List<Integer> signature = new ArrayList<>(List.of(before[state]));
                int[] triples = transitions.get(state);
                for (int symbol = 0; symbol < 20; symbol++) {
                    int target = DEAD;
                    for (int t = 0; t < triples.length; t += 3) {
                        boolean read = triples[t] <= symbol && symbol <= triples[t + 1];
                        target = read ? before[triples[t + 2]] : target;
                    }
                    signature.add(target);
                }
                after[state] = before[state] < 0 ? DEAD : numbers.computeIfAbsent(signature, key -> numbers.size());
            }
            blocks = after;
            if (firsts(before).equals(firsts(after))) {
                break;
            }
        }
        return blocks;
    }

    private static int[] row(Random random, int states) {
        int[] triples = new int[0];
        for (int symbol = random.nextInt(6); symbol < 20; ) {
            int last = Math.min(19, symbol + random.nextInt(8));
            triples = Arrays.copyOf(triples, triples.length + 3);
            triples[triples.length - 3] = symbol;
            triples[triples.length - 2] = last;
            triples[triples.length - 1] = random.nextInt(states);
            symbol = last + 1 + (random.nextInt(3) == 0 ? random.nextInt(6) : 0);
        }
        return triples;
    }

    @RandomTrials(1_000)
    void randomAutomata(Random random) {
        int states = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 10);
        int kinds = 1 + random.nextInt(3);
        List<int[]> rows = new ArrayList<>();
        for (int kind = 0; kind < 1 + random.nextInt(states); kind++) {
            rows.add(row(random, states));
        }
        List<int[]> transitions = new ArrayList<>();
        int[] names = new int[states];
        for (int state = 0; state < states; state++) {
            transitions.add(rows.get(random.nextInt(rows.size())));
            names[state] = random.nextInt(8) == 0 ? DEAD : random.nextInt(kinds);
        }
        assertEquals(firsts(moore(transitions, names)), firsts(EqualStates.of(transitions, names)));
    }

    @Test
    void aLongChainIsLookedAtAboutOnce() {
        int states = 100_000;
        List<int[]> transitions = new ArrayList<>();
        int[] names = new int[states];
        for (int state = 0; state < states; state++) {
            transitions.add(state + 1 < states ? new int[] {0, 9, state + 1} : new int[0]);
        }
        int[] blocks = EqualStates.of(transitions, names);
        assertEquals(states, Arrays.stream(blocks).distinct().count());
    }
}
