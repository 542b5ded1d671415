// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import java.util.function.IntPredicate;

/**
 * The characters that an incomplete spelling can become.
 *
 * @param ranges first character, last character, bytes still to be read, in turn
 * @param count the number of ranges
 */
public record Completion(int[] ranges, int count) {

    /** Stands for: no character of the completion leads on. */
    public static final int NOWHERE = -1;

    /** Stands for: characters of the completion lead to different states. */
    public static final int SEVERAL = -2;

    /** Receives a state and the bytes of a spelling until it. */
    public interface Targets {
        void accept(int state, int bytes);
    }

    public static Completion of(int spelling) {
        int[] ranges = new int[33];
        return new Completion(ranges, JsonCharacters.completions(spelling, ranges));
    }

    /** Whether a character is among them. */
    public boolean has(int codePoint) {
        for (int i = 0; i < count; i++) {
            if (ranges[3 * i] <= codePoint && codePoint <= ranges[3 * i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** Every transition of a state that some character of this completion takes. */
    public void forEach(CharacterAutomaton automaton, int state, Targets targets) {
        for (int i = 0; i < count; i++) {
            int range = automaton.rangeFrom(state, ranges[3 * i]);
            while (range < automaton.rangeEnd(state) && automaton.first(range) <= ranges[3 * i + 1]) {
                targets.accept(automaton.target(range), ranges[3 * i + 2]);
                range++;
            }
        }
    }

    /**
     * Where all characters of this completion lead: to one live state, {@link #NOWHERE}, or {@link #SEVERAL} when they
     * differ but some lead on.
     */
    public int target(CharacterAutomaton automaton, int state, IntPredicate live) {
        int only = NOWHERE;
        boolean whole = true;
        for (int i = 0; i < count; i++) {
            int expected = ranges[3 * i];
            int range = automaton.rangeFrom(state, expected);
            while (range < automaton.rangeEnd(state) && automaton.first(range) <= ranges[3 * i + 1]) {
                int target = automaton.target(range);
                if (live.test(target)) {
                    whole &= automaton.first(range) <= expected && (only < 0 || only == target);
                    only = target;
                    expected = automaton.last(range) + 1;
                } else {
                    whole = false;
                }
                range++;
            }
            whole &= expected > ranges[3 * i + 1];
        }
        return only < 0 ? NOWHERE : whole ? only : SEVERAL;
    }
}
