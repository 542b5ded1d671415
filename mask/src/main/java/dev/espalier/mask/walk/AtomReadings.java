package dev.espalier.mask.walk;

import dev.espalier.automata.TextView;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.vocabulary.TextAtoms;
import dev.espalier.mask.vocabulary.Utf8;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What single characters do at the codes of an automaton, by their {@link TextAtoms}. States are asked where characters lead, or
 * their bytes are read; so many codes for each search as is allowed. One thread.
 */
@FastPath(oracle = "LiveAtomsTest")
final class AtomReadings {

    /** Codes of more stacks are not read: where texts are ambiguous their number grows with the text. */
    private static final int MAX_STACKS = 8;

    private static final int MAX_PAIRS = 24;
    private static final int MAX_REMEMBERED = 2_048;

    /** What a JSON string spells otherwise than by itself, controls apart. */
    private static final long QUOTED = 1L << TextAtoms.ofAscii('"') | 1L << TextAtoms.ofAscii('\\');

    private static final Reading NOTHING = new Reading(0, 0, new int[0], false);

    private final LazyAutomaton automaton;
    private final Map<Integer, Reading> readings = new HashMap<>();
    private int left;
    private boolean isCutShort;

    /**
     * What single characters do at a code.
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

    /** Forgets all; codes have become invalid. */
    void clear() {
        readings.clear();
    }

    /** Whether so much is remembered that it should be forgotten. */
    boolean isFull() {
        return readings.size() > MAX_REMEMBERED;
    }

    /** Allows so many codes to be read from now on. */
    void allow(int codes) {
        left = codes;
    }

    /** The same, unless the last code that was read showed that nothing is to be found. */
    void allowMore(int codes) {
        left = left <= 0 && !isCutShort ? 0 : codes;
    }

    /** A search begins. */
    void beginSearch() {
        isCutShort = false;
    }

    /** Whether the search asked for codes that were not to be read. */
    boolean isCutShort() {
        return isCutShort;
    }

    /** Whether the state of a code says where characters lead, which is asked without reading any. */
    boolean isTold(int code) {
        Reading known = readings.get(code);
        if (known != null) {
            return known.isTold;
        }
        StackSet set = automaton.set(code);
        TextView text = set.size() == 1 && set.below(0).size() == 0 ? set.top(0).textView() : null;
        return text != null && text.characters((first, last, next) -> {});
    }

    /** Whether a code is known, or may be read. */
    boolean has(int code) {
        return left > 0 || readings.containsKey(code);
    }

    /** What is known of a code, or may be read; nothing is live or dead if no more may be read. */
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

    /** Asks the state where characters lead, and reads the others of ASCII; false if it does not know. */
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

    /** Reads all characters beyond ASCII, in pairs of a code and what was read of the character. */
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

        /** Some character of each of some atoms leads to a code. */
        void addAll(long atoms, int to) {
            for (long rest = atoms; rest != 0; rest &= rest - 1) {
                add(Long.numberOfTrailingZeros(rest), to);
            }
        }

        /** Some character beyond ASCII is dead, maybe white space. */
        void addDead(boolean isSpace) {
            dead |= isSpace ? BEYOND_ASCII : 1L << TextAtoms.OTHER;
        }

        /** Some character beyond ASCII may be live, but where it leads does not matter, since others like it are dead. */
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
