// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Automata by chance over few characters, of one to six bytes each, and the bytes of texts by going over all of them. */
@org.jspecify.annotations.NullUnmarked
final class RandomAutomata {

    /** In the order of their numbers. A range from one to another has none in between that takes fewer bytes than all of these. */
    static final int[] LETTERS = {1, '\n', ' ', '"', 'a', 'b', '\u00e9', '\u65e5', 0x1f600};

    private static final int[] BYTES = {6, 2, 1, 2, 1, 1, 2, 3, 4};

    private RandomAutomata() {}

    /** An automaton with outcomes below a number. */
    static CharacterAutomaton next(Random random, int outcomes) {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(WorkBudget.standard());
        int states = 1 + random.nextInt(8);
        int dense = random.nextInt(2, 6);
        for (int state = 0; state < states; state++) {
            builder.add(random.nextInt(3) > 0 ? CharacterAutomaton.NONE : random.nextInt(outcomes));
        }
        for (int state = 0; state < states; state++) {
            List<Integer> triples = new ArrayList<>();
            for (int from = 0; from < LETTERS.length; from++) {
                if (random.nextInt(6) < dense) {
                    int to = Math.min(LETTERS.length - 1, from + random.nextInt(3));
                    triples.addAll(List.of(LETTERS[from], LETTERS[to], random.nextInt(states)));
                    from = to;
                } else if (LETTERS[from] == '"') {
                    from = LETTERS.length; // only letters of several bytes
                }
            }
            builder.transitions(state, triples.stream().mapToInt(i -> i).toArray());
        }
        return builder.finish();
    }

    /** By state the fewest bytes of a text of exactly n characters to states that have 0 in a table. */
    static long[] exactly(CharacterAutomaton automaton, long[] ends, int n) {
        long[] after = ends;
        for (int i = 0; i < n; i++) {
            long[] before = new long[after.length];
            Arrays.fill(before, Integer.MAX_VALUE);
            for (int state = 0; state < before.length; state++) {
                for (int letter = 0; letter < LETTERS.length; letter++) {
                    int next = automaton.next(state, LETTERS[letter]);
                    if (next >= 0 && after[next] < Integer.MAX_VALUE) {
                        before[state] = Math.min(before[state], BYTES[letter] + after[next]);
                    }
                }
            }
            after = before;
        }
        return after;
    }

    /** By state the fewest bytes of a text of some characters. */
    static long least(CharacterAutomaton automaton, long[] ends, int state, int from, int to) {
        long best = Integer.MAX_VALUE;
        for (int n = from; n <= to; n++) {
            best = Math.min(best, exactly(automaton, ends, n)[state]);
        }
        return best;
    }
}
