package dev.espalier.mask;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * For codes of an automaton: atoms of which any text stays live, however long. Found as a set that is closed: from every code
 * that such a text leads to, all its atoms are live. One thread.
 */
final class LiveAtoms {

    private static final int MAX_CODES = 48;
    private static final int MAX_ATTEMPTS = 24;
    private static final int MAX_PAIRS = 24;

    /** Codes whose characters are read for one walk: where each text has a code of its own, there is nothing to find. */
    private static final int MAX_READINGS = 24;

    private final LazyAutomaton automaton;
    private final TextAtoms atoms;
    private final int leastNodes;
    private final Map<Integer, Reading> readings = new HashMap<>();
    private final Map<Integer, Long> closed = new HashMap<>();
    private int generation;
    private int left;

    /**
     * What single characters do at a code.
     *
     * @param live the atoms all of whose characters are live, however cut off
     * @param steps pairs of an atom and a code that one of its characters leads to
     */
    private record Reading(long live, int[] steps) {}

    private static final Reading NOTHING = new Reading(0, new int[0]);

    /**
     * Over the codes of an automaton.
     *
     * @param leastNodes of a subtree that is worth asking about
     */
    LiveAtoms(LazyAutomaton automaton, TextAtoms atoms, int leastNodes) {
        this.leastNodes = leastNodes;
        this.automaton = automaton;
        this.atoms = atoms;
    }

    /**
     * Whether any text below a node is certain to stay live.
     *
     * @param end the first node behind those below it
     * @param code at the node
     */
    boolean takeAllBelow(int node, int end, int code) {
        if (end - node < leastNodes) {
            return false;
        }
        long below = atoms.below(node);
        return below >= 0 && (below & ~of(code)) == 0;
    }

    /** A walk begins. */
    void begin() {
        left = MAX_READINGS;
        if (generation != automaton.generation()) {
            generation = automaton.generation();
            readings.clear();
            closed.clear();
        }
    }

    /** The atoms of which any text stays live from a code on, as far as the walk's readings go. */
    long of(int code) {
        Long known = closed.get(code);
        if (known == null) {
            if (left <= 0) {
                return 0;
            }
            known = find(code);
            closed.put(code, known);
        }
        return known;
    }

    /** At a conflict the fewer characters go: those that are dead somewhere, or those that lead there. */
    private long find(int code) {
        long kept = reading(code).live;
        for (int attempt = 0; attempt < MAX_ATTEMPTS && kept != 0; attempt++) {
            long dropped = conflict(code, kept);
            if (dropped == 0) {
                return kept;
            }
            kept &= ~dropped;
        }
        return 0;
    }

    /** What to leave out of some atoms next; 0 if they are closed. */
    private long conflict(int start, long kept) {
        int[] codes = new int[MAX_CODES];
        long[] into = new long[MAX_CODES];
        codes[0] = start;
        int size = 1;
        for (int i = 0; i < size; i++) {
            Reading reading = reading(codes[i]);
            long missing = kept & ~reading.live;
            if (missing != 0) {
                long led = into[i];
                return i == 0 || atoms.weight(missing) <= atoms.weight(led) ? missing : led;
            }
            int[] steps = reading.steps;
            for (int s = 0; s < steps.length; s += 2) {
                if ((kept >>> steps[s] & 1) == 0) {
                    continue;
                }
                int at = 0;
                while (at < size && codes[at] != steps[s + 1]) {
                    at++;
                }
                if (at == MAX_CODES) {
                    return kept;
                }
                codes[at] = steps[s + 1];
                size = Math.max(size, at + 1);
                into[at] |= 1L << steps[s];
            }
        }
        return 0;
    }

    private Reading reading(int code) {
        Reading known = readings.get(code);
        if (known == null) {
            if (left-- <= 0) {
                return NOTHING;
            }
            known = read(code);
            readings.put(code, known);
        }
        return known;
    }

    private Reading read(int code) {
        Steps steps = new Steps();
        for (int c = 0; c < 128; c++) {
            steps.add(TextAtoms.ofAscii(c), automaton.next(code, c));
        }
        readBeyondAscii(code, steps);
        return steps.reading();
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
                    steps.add(TextAtoms.OTHER, to);
                    if (more > 0) {
                        steps.add(TextAtoms.SPACE, to);
                    }
                    if (steps.isDead(TextAtoms.SPACE)) {
                        return;
                    }
                    continue;
                }
                long pair = (long) to << 32 | (more << 3 & 0xffffffffL) | state;
                int at = 0;
                while (at < size && pairs[at] != pair) {
                    at++;
                }
                if (at == MAX_PAIRS) {
                    left = 0; // each text has a code of its own: what else would be read is alike
                    steps.add(TextAtoms.OTHER, LazyAutomaton.DEAD);
                    steps.add(TextAtoms.SPACE, LazyAutomaton.DEAD);
                    return;
                }
                pairs[at] = pair;
                size = Math.max(size, at + 1);
            }
        }
    }

    /** Gathers where characters lead. */
    private static final class Steps {

        private long dead;
        private int[] steps = new int[64];
        private int size;

        void add(int atom, int to) {
            if (to == LazyAutomaton.DEAD) {
                dead |= 1L << atom;
                return;
            }
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

        boolean isDead(int atom) {
            return (dead >>> atom & 1) != 0;
        }

        Reading reading() {
            long all = (1L << TextAtoms.OTHER + 1) - 1;
            return new Reading(all & ~dead, Arrays.copyOf(steps, size));
        }
    }
}
