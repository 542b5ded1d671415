// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic automaton over code points whose states may carry an outcome. State 0 is the start; every state can
 * still reach an outcome, so that "there is a next state" means "some continuation is good". No states at all: nothing
 * is good. Immutable, equal by content (automata made by {@link CharacterAutomatonBuilder} are numbered canonically),
 * flat arrays: the transitions of a state are sorted ranges.
 */
public final class CharacterAutomaton {

    /** Stands for: no transition, or no outcome. */
    public static final int NONE = -1;

    /** Every text, with outcome 0. */
    public static final CharacterAutomaton ALL = new CharacterAutomaton(
            new int[] {0, 2},
            new int[] {0, 0xE000},
            new int[] {0xD7FF, Character.MAX_CODE_POINT},
            new int[] {0, 0},
            new int[] {0});

    /** The number of ranges up to which alike states are computed: a few milliseconds. */
    private static final int MAX_ALIKE = 1 << 14;

    private final int[] offset;
    private final int[] first;
    private final int[] last;
    private final int[] target;
    private final int[] outcome;
    private final int hash;
    private volatile @Nullable Alike alike;

    /** By state, its representative for texts of a length; and the tables for other lengths. */
    private record Alike(
            int characters, int[] representatives, @Nullable Alike next) {}

    CharacterAutomaton(int[] offset, int[] first, int[] last, int[] target, int[] outcome) {
        this.offset = offset;
        this.first = first;
        this.last = last;
        this.target = target;
        this.outcome = outcome;
        this.hash = Arrays.hashCode(first) * 31 * 31 + Arrays.hashCode(target) * 31 + Arrays.hashCode(outcome);
    }

    /**
     * An automaton of arrays that it keeps. Every state must be reached from state 0 and reach an outcome; two that are not numbered alike
     * are not equal, and one that is not minimal has no universal state.
     *
     * @param offset by state the index of its first range, and at last their number
     * @param first by range its first code point; ascending in a state
     * @param last by range its last code point
     * @param target by range the state that it leads to
     * @param outcome by state its outcome, or {@link #NONE}
     */
    public static CharacterAutomaton of(int[] offset, int[] first, int[] last, int[] target, int[] outcome) {
        return new CharacterAutomaton(offset, first, last, target, outcome);
    }

    /** The number of states. */
    public int states() {
        return outcome.length;
    }

    /** Whether nothing has an outcome. */
    public boolean isEmpty() {
        return outcome.length == 0;
    }

    /** The start; {@link #NONE} if there is none. */
    public int start() {
        return isEmpty() ? NONE : 0;
    }

    /** The outcome of a state, or {@link #NONE}. */
    public int outcome(int state) {
        return state < 0 ? NONE : outcome[state];
    }

    /** The state after a code point, or {@link #NONE}. Logarithmic in the state's ranges. */
    public int next(int state, int codePoint) {
        if (state < 0) {
            return NONE;
        }
        int range = rangeFrom(state, codePoint);
        return range < offset[state + 1] && first[range] <= codePoint ? target[range] : NONE;
    }

    /** Whether some code point of a range leads on from a state. */
    public boolean hasNext(int state, int from, int to) {
        int range = rangeFrom(state, from);
        return range < offset[state + 1] && first[range] <= to;
    }

    /**
     * The representative of a state for texts of at most {@code characters} characters: the two have the same outcomes on the way, and
     * come nearer to one alike. Cost of the first question: that of {@link AlikeStates}; of large automata the state itself.
     */
    public int within(int state, int characters) {
        boolean isDiscrete = states() - 1 <= characters; // so many tell all states of a minimal automaton apart
        if (isDiscrete || ranges() > MAX_ALIKE) {
            return state;
        }
        for (Alike known = alike; known != null; known = known.next) {
            if (known.characters == characters) {
                return known.representatives[state];
            }
        }
        Alike made = new Alike(characters, AlikeStates.of(this, characters), alike);
        alike = made;
        return made.representatives[state];
    }

    /** Whether every text leads from a state to an outcome: then it stays there, in a minimal automaton. */
    public boolean isUniversal(int state) {
        return state >= 0
                && outcome[state] >= 0
                && offset[state + 1] - offset[state] == 2
                && first[offset[state]] == 0
                && last[offset[state]] == 0xD7FF
                && first[offset[state] + 1] == 0xE000
                && last[offset[state] + 1] == Character.MAX_CODE_POINT
                && target[offset[state]] == state
                && target[offset[state] + 1] == state;
    }

    /** All texts that have an outcome, if they are at most {@code most}; null otherwise. */
    @Nullable
    public List<String> words(int most) {
        List<String> words = new ArrayList<>();
        ArrayDeque<Beginning> open = new ArrayDeque<>();
        if (!isEmpty()) {
            open.push(new Beginning(0, "", 0));
        }
        while (!open.isEmpty()) {
            Beginning at = open.pop();
            if (outcome[at.state] >= 0) {
                words.add(at.text);
            }
            if (words.size() + open.size() > most || at.length > states()) {
                return null;
            }
            for (int r = offset[at.state]; r < offset[at.state + 1]; r++) {
                if (last[r] - first[r] >= most) {
                    return null;
                }
                for (int c = first[r]; c <= last[r]; c++) {
                    open.push(new Beginning(target[r], at.text + Character.toString(c), at.length + 1));
                }
            }
        }
        return words;
    }

    private record Beginning(int state, String text, int length) {}

    /** The fewest characters of a text with an outcome; {@link Integer#MAX_VALUE} if none has it. Cost: a walk over the states. */
    public int leastCharacters(int wanted) {
        BitSet seen = new BitSet();
        int[] queue = new int[states()];
        int size = 0;
        if (!isEmpty()) {
            queue[size++] = 0;
            seen.set(0);
        }
        int from = 0;
        for (int length = 0; from < size; length++) {
            int to = size;
            for (; from < to; from++) {
                int state = queue[from];
                if (outcome[state] == wanted) {
                    return length;
                }
                for (int r = offset[state]; r < offset[state + 1]; r++) {
                    if (!seen.get(target[r])) {
                        seen.set(target[r]);
                        queue[size++] = target[r];
                    }
                }
            }
        }
        return Integer.MAX_VALUE;
    }

    /** The outcome of a whole text. */
    public int run(String text) {
        int state = start();
        for (int i = 0; i < text.length() && state >= 0; i += Character.charCount(text.codePointAt(i))) {
            state = next(state, text.codePointAt(i));
        }
        return outcome(state);
    }

    /**
     * The representative of a byte inside the spelling of a character: both lead to the same states.
     *
     * @param spelling where in the spelling, as {@link JsonCharacters} has it
     * @return a byte that is its own representative
     */
    public int like(int state, int spelling, int symbol) {
        if (spelling != JsonCharacters.PLAIN) {
            return JsonCharacters.isAnyUtf8(spelling) && symbol >= 0x80 && symbol < 0xc0 ? 0x80 : symbol;
        }
        if (symbol < 0x80) {
            return likeAscii(state, symbol);
        }
        int range = rangeFrom(state, 0x80);
        boolean alike = range < rangeEnd(state) && first(range) <= 0x80 && last(range) == Character.MAX_CODE_POINT;
        return alike ? JsonCharacters.leadLike(symbol) : symbol;
    }

    /** Whether an ASCII character is spelled as itself. */
    private static boolean isOrdinary(int symbol) {
        return symbol >= 0x20 && symbol < 0x80 && symbol != '"' && symbol != '\\';
    }

    private int likeAscii(int state, int symbol) {
        int range = isOrdinary(symbol) ? rangeFrom(state, symbol) : rangeEnd(state);
        if (range == rangeEnd(state) || first(range) > symbol) {
            return symbol;
        }
        int least = Math.max(0x20, first(range));
        return least == '"' || least == '\\' ? least + 1 : least;
    }

    /** The first range of a state that ends at or after a code point; {@link #rangeEnd} if there is none. */
    public int rangeFrom(int state, int codePoint) {
        int from = offset[state];
        int to = offset[state + 1];
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (last[middle] < codePoint) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The index of a state's first range. */
    public int rangeStart(int state) {
        return offset[state];
    }

    /** One past the index of a state's last range. */
    public int rangeEnd(int state) {
        return offset[state + 1];
    }

    /** The first code point of a range. */
    public int first(int range) {
        return first[range];
    }

    /** The last code point of a range. */
    public int last(int range) {
        return last[range];
    }

    /** The state that a range leads to. */
    public int target(int range) {
        return target[range];
    }

    /** The number of ranges of all states. */
    public int ranges() {
        return first.length;
    }

    /** Estimated bytes of this. */
    public long bytes() {
        return 150 + 12L * outcome.length + 12L * first.length;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof CharacterAutomaton that
                        && hash == that.hash
                        && Arrays.equals(outcome, that.outcome)
                        && Arrays.equals(offset, that.offset)
                        && Arrays.equals(first, that.first)
                        && Arrays.equals(last, that.last)
                        && Arrays.equals(target, that.target));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
