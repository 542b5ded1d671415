// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.characters.KeyCounts;
import dev.espalier.schemas.work.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The number of keys of each class by the bytes that spell them, counting all texts of an automaton. Computed size by size on demand,
 * without making texts. The caller must guard it.
 */
@FastPath(oracle = "KeyClassesOracleTest")
public final class KeySizes {

    private static final int WIDEST = JsonCharacters.WIDEST;
    private static final int[] NONE = {};

    private final CharacterAutomaton automaton;
    private final Deadline deadline;
    /** By range, how many of its characters take 1, 2, … bytes. */
    private final int[][] widths;
    /** By size modulo {@link #WIDEST} + 1 and state, how many texts of that size lead there. */
    private final long[][] leading = new long[WIDEST + 1][];

    private final List<int[]> bySize = new ArrayList<>();
    private int empty;

    KeySizes(CharacterAutomaton automaton, Deadline deadline) {
        this.automaton = automaton;
        this.deadline = deadline;
        this.widths = new int[automaton.ranges()][];
        Arrays.fill(widths, NONE);
    }

    /**
     * Class and number of keys in turn, by ascending class, of the keys with a length in bytes; shared. Numbers stop at
     * {@link KeyCounts#ENDLESS}.
     */
    public int[] of(int bytes) {
        while (bySize.size() <= bytes && !isExhausted()) {
            add();
        }
        return bytes < bySize.size() ? bySize.get(bytes) : NONE;
    }

    /** The number of keys of a class with a length in bytes. */
    public int of(int bytes, int keyClass) {
        int[] row = of(bytes);
        for (int i = 0; i < row.length; i += 2) {
            if (row[i] == keyClass) {
                return row[i + 1];
            }
        }
        return 0;
    }

    /** True if no key takes the given number of bytes, or more. */
    boolean endsBefore(int bytes) {
        of(bytes);
        return isExhausted() && bytes > bySize.size() - 1 - empty;
    }

    private boolean isExhausted() {
        return empty >= WIDEST;
    }

    private void add() {
        int size = bySize.size();
        long[] now = new long[automaton.states()];
        boolean any = size == 0 && now.length > 0;
        if (any) {
            now[automaton.start()] = 1;
        }
        for (int bytes = 1; bytes <= Math.min(WIDEST, size); bytes++) {
            any |= extend(leading[(size - bytes) % leading.length], bytes, now);
        }
        leading[size % leading.length] = now;
        empty = any ? 0 : empty + 1;
        Map<Integer, Long> keys = new TreeMap<>();
        for (int state = 0; any && state < now.length; state++) {
            if (now[state] > 0 && automaton.outcome(state) >= 0) {
                keys.merge(automaton.outcome(state), now[state], (a, b) -> Math.min(KeyCounts.ENDLESS, a + b));
            }
        }
        int[] row = new int[2 * keys.size()];
        int at = 0;
        for (Map.Entry<Integer, Long> entry : keys.entrySet()) {
            row[at++] = entry.getKey();
            row[at++] = Math.toIntExact(entry.getValue());
        }
        bySize.add(row);
    }

    private boolean extend(long[] before, int bytes, long[] now) {
        boolean any = false;
        for (int state = 0; state < before.length; state++) {
            if (before[state] == 0) {
                continue;
            }
            deadline.tick();
            for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                int characters = widths(r)[bytes];
                if (characters > 0) {
                    int target = automaton.target(r);
                    now[target] = Math.min(KeyCounts.ENDLESS, now[target] + before[state] * characters);
                    any = true;
                }
            }
        }
        return any;
    }

    private int[] widths(int range) {
        int[] known = widths[range];
        if (known.length == 0) {
            known = JsonCharacters.sizes(automaton.first(range), automaton.last(range));
            widths[range] = known;
        }
        return known;
    }
}
