// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.walk;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.TextView;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.index.TextAtoms;
import dev.espalier.mask.index.Utf8;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Transitions of an automaton on single characters, grouped by character class ({@link TextAtoms}). They come from the state, if it
 * knows where characters lead, else from stepping over the bytes. Each search may read a limited number of codes. One thread.
 */
@FastPath(oracle = "LiveAtomsTest")
final class AtomReadings {

    /** The largest number of stacks of a code that is read: in ambiguous texts the number grows with the text. */
    private static final int MAX_STACKS = 8;

    private static final int MAX_PAIRS = 24;
    private static final int MAX_REMEMBERED = 2_048;

    /** The characters that a JSON string must escape, except control characters. */
    private static final long QUOTED = 1L << TextAtoms.ofAscii('"') | 1L << TextAtoms.ofAscii('\\');

    private static final Reading NOTHING = new Reading(0, 0, new int[0], false);

    private final LazyAutomaton automaton;
    private final Map<Integer, Reading> readings = new HashMap<>();
    private int left;
    private boolean isCutShort;

    /**
     * The transitions on single characters from one code.
     *
     * @param live the atoms all of whose characters are live, however cut off
     * @param dead the atoms none of whose characters are live, however cut off
     * @param steps pairs of an atom and a code that one of its characters leads to
     * @param isTold whether the state said where characters lead
     */
    public record Reading(long live, long dead, int[] steps, boolean isTold) {}

    AtomReadings(LazyAutomaton automaton) {
        this.automaton = automaton;
    }

    /** Forgets everything, because codes have become invalid. */
    void clear() {
        readings.clear();
    }

    /** True if the memory is full and should be cleared. */
    boolean isFull() {
        return readings.size() > MAX_REMEMBERED;
    }

    /** Sets the number of codes that may still be read. */
    void allow(int codes) {
        left = codes;
    }

    /** As {@link #allow}, unless the last code that was read showed that nothing is to be found. */
    void allowMore(int codes) {
        left = left <= 0 && !isCutShort ? 0 : codes;
    }

    /** A search begins. */
    void beginSearch() {
        isCutShort = false;
    }

    /** True if the search asked for a code after its allowance was used up. */
    boolean isCutShort() {
        return isCutShort;
    }

    /** True if the state of a code itself tells where characters lead. Reads no character. */
    boolean isTold(int code) {
        Reading known = readings.get(code);
        if (known != null) {
            return known.isTold;
        }
        StackSet set = automaton.set(code);
        TextView text = set.size() == 1 && set.below(0).size() == 0 ? set.top(0).textView() : null;
        return text != null && text.characters((first, last, next) -> {});
    }

    /** True if the transitions of a code are known or may still be read. */
    boolean has(int code) {
        return left > 0 || readings.containsKey(code);
    }

    /** The transitions of a code, read now if they are unknown. If no more codes may be read, no atom is reported live or dead. */
    Reading of(int code) {
        Reading known = readings.get(code);
        if (known == null) {
            if (left-- <= 0) {
                isCutShort = true;
                return NOTHING;
            }
            known = automaton.set(code).size() > MAX_STACKS ? NOTHING : read(code);
            readings.put(code, known);
        }
        return known;
    }

    private Reading read(int code) {
        Steps steps = new Steps();
        if (readCharacters(code, steps)) {
            return steps.reading(true);
        }
        for (int c = 0; c < 128; c++) {
            steps.add(TextAtoms.ofAscii(c), automaton.next(code, c));
        }
        readBeyondAscii(code, steps);
        return steps.reading(false);
    }

    /**
     * Asks the state where characters lead, and steps over the ASCII characters that it does not cover. False if the state does not
     * know.
     */
    private boolean readCharacters(int code, Steps steps) {
        StackSet set = automaton.set(code);
        int[] next = {0x20};
        TextView text = set.size() == 1 && set.below(0).size() == 0 ? set.top(0).textView() : null;
        boolean isKnown = text != null
                && text.characters((first, last, state) -> {
                    steps.addAll(TextAtoms.ofRange(next[0], first - 1) & ~QUOTED, LazyAutomaton.DEAD);
                    steps.addAll(
                            TextAtoms.ofRange(Math.max(first, 0x20), last) & ~QUOTED, automaton.of(StackSet.of(state)));
                    next[0] = Math.max(next[0], last + 1);
                });
        if (isKnown) {
            steps.addAll(TextAtoms.ofRange(next[0], Character.MAX_CODE_POINT) & ~QUOTED, LazyAutomaton.DEAD);
            for (int c = 0; c < 128; c++) {
                if (c < 0x20 || c == '"' || c == '\\') {
                    steps.add(TextAtoms.ofAscii(c), automaton.next(code, c));
                }
            }
        }
        return isKnown;
    }

    /** Reads all characters beyond ASCII, by a search over pairs of a code and the bytes of the character so far. */
    private void readBeyondAscii(int code, Steps steps) {
        long[] pairs = new long[MAX_PAIRS];
        pairs[0] = (long) code << 32;
        int size = 1;
        for (int i = 0; i < size; i++) {
            int from = (int) (pairs[i] >>> 32);
            int utf8 = (int) pairs[i] & 7;
            int spelling = (int) pairs[i] >> 3;
            for (int symbol = 0x80; symbol < 0x100; symbol++) {
                int state = Utf8.next(utf8, symbol);
                if (state == Utf8.DEAD) {
                    continue;
                }
                int more = spelling < 0 ? -1 : TextAtoms.spelling(spelling, symbol);
                int to = automaton.next(from, symbol);
                if (state == Utf8.START) {
                    steps.add(TextAtoms.ofSpelling(more), to);
                    continue;
                }
                if (to == LazyAutomaton.DEAD) {
                    steps.addDead(more > 0);
                    continue;
                }
                if (steps.isDead(TextAtoms.SPACE) && steps.isDead(TextAtoms.OTHER)) {
                    steps.addUnread(more > 0);
                    continue;
                }
                long pair = (long) to << 32 | (more << 3 & 0xffffffffL) | state;
                int at = 0;
                while (at < size && pairs[at] != pair) {
                    at++;
                }
                if (at == MAX_PAIRS) {
                    left = 0; // each text has a code of its own: what else would be read is alike
                    steps.addDead(true);
                    steps.addUnread(true);
                    return;
                }
                pairs[at] = pair;
                size = Math.max(size, at + 1);
            }
        }
    }

    /** Gathers where characters lead. */
    private static final class Steps {

        private static final long BEYOND_ASCII = 1L << TextAtoms.SPACE | 1L << TextAtoms.OTHER;

        private long dead;
        private long live;
        private int[] steps = new int[64];
        private int size;

        void add(int atom, int to) {
            if (to == LazyAutomaton.DEAD) {
                dead |= 1L << atom;
                return;
            }
            live |= 1L << atom;
            for (int i = 0; i < size; i += 2) {
                if (steps[i] == atom && steps[i + 1] == to) {
                    return;
                }
            }
            if (size == steps.length) {
                steps = Arrays.copyOf(steps, 2 * size);
            }
            steps[size++] = atom;
            steps[size++] = to;
        }

        /** Adds a transition to a code for each of some atoms. */
        void addAll(long atoms, int to) {
            for (long rest = atoms; rest != 0; rest &= rest - 1) {
                add(Long.numberOfTrailingZeros(rest), to);
            }
        }

        /** Records that some character beyond ASCII is dead. */
        void addDead(boolean isSpace) {
            dead |= isSpace ? BEYOND_ASCII : 1L << TextAtoms.OTHER;
        }

        /** Records that some character beyond ASCII may be live. Its target does not matter, since others of its atom are dead. */
        void addUnread(boolean isSpace) {
            live |= isSpace ? BEYOND_ASCII : 1L << TextAtoms.OTHER;
        }

        boolean isDead(int atom) {
            return (dead >>> atom & 1) != 0;
        }

        Reading reading(boolean isTold) {
            return new Reading(TextAtoms.ALL & ~dead, TextAtoms.ALL & ~live, Arrays.copyOf(steps, size), isTold);
        }
    }
}
