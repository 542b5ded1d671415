package dev.espalier.mask;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For codes of an automaton: atoms of which any text stays live, however long or up to a length. They are found by a search in
 * breadth: where all codes that such texts lead to leave all the atoms live, the set is closed; up to the distance of the
 * first code that does not, any text is live all the same. One thread.
 */
final class LiveAtoms {

    private static final int MAX_CODES = 48;
    private static final int MAX_ATTEMPTS = 24;
    private static final int MAX_PAIRS = 24;
    private static final int MAX_REMEMBERED = 2_048;

    /** Lengths beyond this are not told apart from it, unless the set is closed: few tokens are longer. */
    private static final int FAR = 16;

    /** Codes whose characters are read for one walk: where each text has a code of its own, there is nothing to find. */
    private static final int MAX_READINGS = 24;

    private final LazyAutomaton automaton;
    private final TextAtoms atoms;
    private final int leastNodes;
    private final Map<Integer, Reading> readings = new HashMap<>();
    private final Deque<Integer> unsure = new ArrayDeque<>();
    private @Nullable Claims[] found = new Claims[64];
    private int generation;
    private int left;
    private boolean isCutShort;

    private final int[] codes = new int[MAX_CODES];
    private final int[] distances = new int[MAX_CODES];
    /** The atoms that lead to a code. */
    private final long[] into = new long[MAX_CODES];
    /** Of the last search: the characters up to which any text of its atoms is live. */
    private int length;

    /**
     * What single characters do at a code.
     *
     * @param live the atoms all of whose characters are live, however cut off
     * @param steps pairs of an atom and a code that one of its characters leads to
     */
    private record Reading(long live, int[] steps) {}

    /**
     * What is known of texts from a code on: all of so many characters of such atoms are live.
     *
     * @param atoms fewer from each to the next
     * @param lengths more from each to the next
     */
    private record Claims(long[] atoms, int[] lengths) {

        boolean cover(long below, int height) {
            for (int i = 0; i < atoms.length && (below & ~atoms[i]) == 0; i++) {
                if (height <= lengths[i]) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final Reading NOTHING = new Reading(0, new int[0]);
    private static final Claims NONE = new Claims(new long[0], new int[0]);

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
        return below >= 0 && of(code).cover(below, atoms.height(node)); // bytes are no fewer than characters
    }

    /** A walk begins. */
    void begin() {
        left = MAX_READINGS;
        if (generation != automaton.generation() || readings.size() > MAX_REMEMBERED) {
            generation = automaton.generation();
            readings.clear();
            Arrays.fill(found, null);
            unsure.clear();
        }
        while (!unsure.isEmpty()) {
            found[unsure.pop() >> 1] = null;
        }
    }

    /** What is known of a code, as far as the walk's readings go. */
    private Claims of(int code) {
        Claims known = code >> 1 < found.length ? found[code >> 1] : null;
        if (known != null) {
            return known;
        }
        if (left <= 0 && !readings.containsKey(code)) {
            return NONE;
        }
        isCutShort = false;
        known = find(code);
        if (code >> 1 >= found.length) {
            found = Arrays.copyOf(found, Math.max(2 * found.length, (code >> 1) + 1));
        }
        found[code >> 1] = known;
        if (isCutShort) {
            unsure.push(code);
        }
        return known;
    }

    /** At a conflict the fewer characters go: those that are dead somewhere, or those that lead there. */
    private Claims find(int code) {
        long[] sets = new long[MAX_ATTEMPTS];
        int[] lengths = new int[MAX_ATTEMPTS];
        int size = 0;
        long kept = reading(code).live;
        int longest = 0;
        for (int attempt = 0; attempt < MAX_ATTEMPTS && kept != 0 && longest < FAR; attempt++) {
            long dropped = conflict(code, kept);
            if (length > longest) {
                longest = length;
                sets[size] = kept;
                lengths[size++] = length;
            }
            kept &= ~dropped;
        }
        return size == 0 ? NONE : new Claims(Arrays.copyOf(sets, size), Arrays.copyOf(lengths, size));
    }

    /** Searches from a code with some atoms: what to leave out of them next, and the length that they have. */
    private long conflict(int start, long kept) {
        codes[0] = start;
        distances[0] = 0;
        into[0] = 0;
        int size = 1;
        for (int i = 0; i < size; i++) {
            length = distances[i];
            if (length >= FAR) {
                return kept;
            }
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
                if (at == size) {
                    codes[at] = steps[s + 1];
                    distances[at] = length + 1;
                    into[at] = 0;
                    size++;
                }
                into[at] |= 1L << steps[s];
            }
        }
        length = Integer.MAX_VALUE;
        return 0;
    }

    private Reading reading(int code) {
        Reading known = readings.get(code);
        if (known == null) {
            if (left-- <= 0) {
                isCutShort = true;
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
