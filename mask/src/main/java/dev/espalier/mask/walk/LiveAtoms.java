// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.walk;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.TextView;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.index.AtomTokens;
import dev.espalier.mask.index.TextAtoms;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.index.Utf8;
import dev.espalier.mask.token.TokenSet;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets of character classes (atoms) such that every text over them stays live from a code, however long it is or up to a length. A
 * breadth-first search finds them: if all the atoms are live at every code that such texts reach, the set is closed. Otherwise every
 * text is live up to the distance of the first code where one is not. One thread.
 */
@FastPath(oracle = "LiveAtomsTest")
final class LiveAtoms {

    private static final int MAX_CODES = 160;

    /** The codes that a search may visit, beside one for each character of the text. */
    private static final int MAX_BESIDE = 40;

    private static final int MAX_ATTEMPTS = 24;

    /** The depth of a search from a code inside a walk. Beyond it only closed sets are found: few tokens are longer. */
    private static final int FAR = 16;

    private static final Horizon NEAR = Horizon.of(FAR);

    private static final long NO_ATOMS = Long.MIN_VALUE;

    /** The codes whose characters are read for one walk. If each text has its own code, there is nothing to find. */
    private static final int MAX_READINGS = 24;

    /**
     * As {@link #MAX_READINGS}, for the start of a walk if states tell where characters lead: what is read there is read again from the
     * next codes.
     */
    private static final int MAX_TOLD_READINGS = 160;

    /** Few tokens are longer than this, and none of the usual vocabularies. */
    private static final int LONGEST = 128;

    private final LazyAutomaton automaton;
    private final TextAtoms all;
    private final AtomTokens tokens;
    private TokenTrie trie = TokenTrie.EMPTY;
    private TextAtoms atoms;
    private final int leastNodes;
    private final AtomReadings readings;
    private final Deque<Integer> unsure = new ArrayDeque<>();
    private Claims start = NONE;
    /** Claims by the code where a walk starts. */
    private final Map<Integer, Claims> starts = new HashMap<>();

    private long[] certain = new long[0];
    /** By depth, the atoms on the path to a node; beyond ASCII also those before the last character, and how that character begins. */
    private long[] ways = new long[64];

    private long[] before = new long[64];
    private int[] spellings = new int[64];
    private @Nullable Claims[] found = new Claims[64];
    /** By half a code, its representative for short texts; 0 if unknown. */
    private int[] nears = new int[64];

    private int generation;
    private int taken;

    private int farthest = FAR;
    private long search;
    /** By half a code, the last search that came to it, times 256, and its place there. */
    private long[] places = new long[64];

    /** The codes of the last search in the order of their distances. */
    private int size;

    private final int[] codes = new int[MAX_CODES];
    private final int[] distances = new int[MAX_CODES];
    /** The atoms that lead to a code. */
    private final long[] into = new long[MAX_CODES];
    /** Of the last search: the length in characters up to which every text of its atoms is live. */
    private int length;
    /** Of the last search: the atoms that are dead wherever in such a text they stand, if the frame cannot end before them. */
    private long dead;
    /** Of the last search: the atoms whose texts beyond that length are all dead; 0 if not all of them are. */
    private long ended;

    /**
     * Facts about texts from a code: every text of up to {@code lengths[i]} characters of {@code atoms[i]} is live.
     *
     * @param atoms sets of atoms, each smaller than the one before
     * @param dead atoms that are dead wherever they stand in such a text
     * @param lengths in characters, each greater than the one before
     * @param whole atoms whose texts beyond the length are all dead
     */
    private record Claims(long[] atoms, long[] dead, int[] lengths, long[] whole) {

        /** The claim that all texts of some atoms are live up to a length. */
        static Claims upTo(int most, long atoms) {
            return new Claims(new long[] {atoms}, new long[1], new int[] {most}, new long[1]);
        }

        /** The atoms of which all texts are live, if all others below a node are dead; {@link #NO_ATOMS} if that is not known. */
        long of(long below, int height) {
            for (int i = 0; i < atoms.length; i++) {
                if ((below & ~(atoms[i] | dead[i])) == 0 && height <= lengths[i]) {
                    return atoms[i];
                }
            }
            return NO_ATOMS;
        }
    }

    /** No claims. */
    private static final Claims NONE = new Claims(new long[0], new long[0], new int[0], new long[0]);

    /**
     * A search over the codes of an automaton.
     *
     * @param all of all tokens: they tell which characters are frequent
     * @param tokens those of plain text
     * @param leastNodes of a subtree that is worth a search
     */
    LiveAtoms(LazyAutomaton automaton, TextAtoms all, AtomTokens tokens, int leastNodes) {
        this.leastNodes = leastNodes;
        this.automaton = automaton;
        this.all = all;
        this.tokens = tokens;
        this.atoms = all;
        this.readings = new AtomReadings(automaton);
    }

    /** Begins a walk from a code, and adds the tokens that are certainly live, so that the walk may skip them. */
    void from(int code, TokenSet accepted) {
        start = ofStart(code);
        certain = new long[start.atoms.length];
        for (int i = 0; i < certain.length; i++) {
            tokens.addMadeOf(start.atoms[i], start.lengths[i], accepted);
            boolean isMixed = (start.atoms[i] & TextAtoms.BEYOND_ASCII) == 1L << TextAtoms.SPACE;
            certain[i] = isMixed ? ~(1L << TextAtoms.OTHER) : -1;
        }
    }

    /** True if all plain text is live at a code; null if the state does not tell where characters lead. */
    @Nullable
    Boolean isAllPlain(int code) {
        if (!readings.isTold(code)) {
            return null;
        }
        Claims known = ofStart(code);
        return known.atoms.length > 0
                && known.lengths[known.lengths.length - 1] == Integer.MAX_VALUE
                && (TextAtoms.PLAIN & ~known.atoms[known.atoms.length - 1]) == 0;
    }

    /**
     * Claims for the start state of a walk. If the state tells where characters lead, the search goes deeper, because the answer serves
     * the whole walk.
     */
    private Claims ofStart(int code) {
        if (!readings.isTold(code)) {
            Claims known = of(code);
            readings.allowMore(MAX_READINGS);
            return known;
        }
        Claims known = starts.get(code);
        if (known == null) {
            readings.allow(MAX_TOLD_READINGS);
            farthest = LONGEST;
            known = find(code);
            farthest = FAR;
            readings.allow(MAX_READINGS);
            starts.put(code, known);
        }
        return known;
    }

    /**
     * True if every token at and below a node is dead, was added by {@link #from}, or is not described by the atoms. Must have been
     * asked of all nodes above it.
     */
    boolean isDecided(int node) {
        if (certain.length == 0) {
            return false;
        }
        int depth = trie.label(node) >>> 8;
        if (depth >= ways.length) {
            ways = Arrays.copyOf(ways, 2 * depth);
            before = Arrays.copyOf(before, 2 * depth);
            spellings = Arrays.copyOf(spellings, 2 * depth);
        }
        int symbol = trie.label(node) & 0xff;
        if (symbol < 0x80) {
            ways[depth] = ways[depth - 1] | 1L << TextAtoms.ofAscii(symbol);
        } else {
            addBeyondAscii(depth, symbol);
        }
        long all = atoms.following(node) & ~TextAtoms.NOT_PLAIN | ways[depth];
        int length = depth + atoms.height(node); // bytes are no fewer than characters
        for (int i = 0; i < certain.length; i++) {
            long one = length <= start.lengths[i] ? start.atoms[i] | start.dead[i] : start.whole[i];
            if ((all & ~(one & certain[i])) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Adds the atoms to which the character of a byte beyond ASCII may belong. */
    private void addBeyondAscii(int depth, int symbol) {
        boolean isFirst = symbol >= Utf8.LEAST_LEAD;
        int spelling = isFirst ? 0 : spellings[depth - 1];
        before[depth] = isFirst ? ways[depth - 1] : before[depth - 1];
        spellings[depth] = spelling < 0 ? -1 : TextAtoms.spelling(spelling, symbol);
        ways[depth] = before[depth] | (spellings[depth] < 0 ? 1L << TextAtoms.OTHER : TextAtoms.BEYOND_ASCII);
    }

    /**
     * Adds the live tokens at and below a node, if the claims decide which these are: every text of some atoms is live, and all other
     * atoms are dead wherever they stand in it. Tokens that the atoms do not describe, and those that are too long, may or may not be
     * added.
     *
     * @param code at the node
     * @param before the code before the node's byte
     * @param mayDrop true if dead tokens below the node need not become residuals
     * @param most bytes below the node; longer tokens are too long
     */
    boolean takeBelow(int node, int code, int before, boolean mayDrop, int most, TokenSet accepted) {
        int nodes = trie.end(node) - node;
        boolean isLead = (trie.label(node) & 0xff) >= Utf8.LEAST_LEAD;
        long below = (isLead ? atoms.ofCharacters(node) : atoms.below(node)) & ~TextAtoms.NOT_PLAIN;
        if (below < 0 || nodes == 1) {
            return false;
        }
        int height = Math.min(most, atoms.height(node)) + (isLead ? 1 : 0); // bytes are no fewer than characters
        int from = isLead ? before : code;
        int near = near(from);
        if (height > FAR && near != from) {
            return false; // one of many that are far from some bound
        }
        long certain = (nodes < leastNodes ? known(near) : of(near)).of(below, height);
        if (certain == NO_ATOMS || (!mayDrop && (below & ~certain) != 0)) {
            return false;
        }
        taken = atoms.addMadeOf(certain, trie, node, accepted);
        return true;
    }

    /** The length in bytes of the longest text below a node, at most 127. */
    int height(int node) {
        return atoms.height(node);
    }

    /** The number of nodes that the last {@link #takeBelow} visited one by one. */
    int taken() {
        return taken;
    }

    /** Begins a walk over a trie. */
    void over(TokenTrie nextTrie, TextAtoms nextAtoms) {
        trie = nextTrie;
        atoms = nextAtoms;
        certain = new long[0];
    }

    /** The representative of a code for short texts. Far from bounds, many codes have the same one. */
    private int near(int code) {
        int state = code >> 1;
        if (state >= nears.length) {
            nears = Arrays.copyOf(nears, Math.max(2 * nears.length, state + 1));
        }
        if (nears[state] == 0) {
            StackSet set = automaton.set(code);
            boolean isAlone = set.size() == 1 && set.below(0).size() == 0;
            nears[state] = isAlone ? automaton.of(StackSet.of(set.top(0).within(NEAR))) : code;
        }
        return nears[state];
    }

    /** Begins a mask: resets the allowance, and drops claims that were cut short. */
    void begin() {
        readings.allow(MAX_READINGS);
        if (generation != automaton.generation() || readings.isFull()) {
            generation = automaton.generation();
            readings.clear();
            starts.clear();
            Arrays.fill(found, null);
            Arrays.fill(nears, 0);
            unsure.clear();
        }
        while (!unsure.isEmpty()) {
            found[unsure.pop() >> 1] = null;
        }
    }

    private Claims known(int code) {
        Claims known = code >> 1 < found.length ? found[code >> 1] : null;
        return known == null ? NONE : known;
    }

    /** The claims for a code, searched now if the walk's allowance permits. */
    private Claims of(int code) {
        Claims known = known(code);
        if (known != NONE) {
            return known;
        }
        StackSet set = automaton.set(code);
        TextView text = set.size() == 1 ? set.top(0).textView() : null;
        TextView.SteadyText any = text == null ? TextView.SteadyText.NONE : text.steadyText();
        long steady = TextAtoms.within(any.characters());
        if (steady == 0 && !readings.has(code)) {
            return NONE;
        }
        readings.beginSearch();
        known = steady != 0 ? Claims.upTo(any.most(), steady) : find(code);
        if (code >> 1 >= found.length) {
            found = Arrays.copyOf(found, Math.max(2 * found.length, (code >> 1) + 1));
        }
        found[code >> 1] = known;
        if (readings.isCutShort()) {
            unsure.push(code);
        }
        return known;
    }

    /**
     * Searches for claims. At a conflict the rarer characters are dropped: those that are dead at some code, or those that lead there.
     */
    private Claims find(int code) {
        long[] sets = new long[MAX_ATTEMPTS];
        long[] others = new long[MAX_ATTEMPTS];
        int[] lengths = new int[MAX_ATTEMPTS];
        long[] whole = new long[MAX_ATTEMPTS];
        int size = 0;
        long kept = readings.of(code).live();
        int longest = 0;
        for (int attempt = 0; attempt < MAX_ATTEMPTS && kept != 0 && longest < farthest; attempt++) {
            long dropped = conflict(code, kept);
            if (length > longest) {
                longest = length;
                sets[size] = kept;
                others[size] = dead;
                whole[size] = ended;
                lengths[size++] = length;
            }
            kept &= ~dropped;
        }
        return new Claims(
                Arrays.copyOf(sets, size),
                Arrays.copyOf(others, size),
                Arrays.copyOf(lengths, size),
                Arrays.copyOf(whole, size));
    }

    /**
     * Searches from a code with some atoms. Returns the atoms to drop next, and sets {@code length} to the length up to which they are
     * live.
     */
    private long conflict(int start, long kept) {
        search++;
        size = 0;
        int unused = add(start, 0);
        dead = -1;
        ended = 0;
        boolean isLayered = true;
        for (int i = 0; i < size; i++) {
            length = distances[i];
            if (length >= farthest) {
                return kept;
            }
            AtomReadings.Reading reading = readings.of(codes[i]);
            long missing = kept & ~reading.live();
            if (missing != 0) {
                long led = into[i];
                boolean isFirst = i == 0 || distances[i - 1] < length; // else longer texts are live
                ended = isLayered && isFirst ? ended(i, kept) : 0;
                return i == 0 || all.weight(missing) <= all.weight(led) ? missing : led;
            }
            dead &= (codes[i] & 1) == 0 ? reading.dead() : 0;
            int[] steps = reading.steps();
            for (int s = 0; s < steps.length; s += 2) {
                if ((kept >>> steps[s] & 1) != 0) {
                    int at = add(steps[s + 1], length + 1);
                    if (at < 0) {
                        return kept & ~mostCommon(steps, kept);
                    }
                    isLayered &= distances[at] == length + 1;
                    into[at] |= 1L << steps[s];
                }
            }
        }
        length = Integer.MAX_VALUE;
        return 0;
    }

    /** The place of a code in the search, added if it is new; -1 if the search is too wide for it. */
    private int add(int code, int distance) {
        int state = code >> 1;
        if (state >= places.length) {
            places = Arrays.copyOf(places, Math.max(2 * places.length, state + 1));
        }
        if (places[state] >> 8 == search) {
            return (int) places[state] & 0xff;
        }
        if (size >= Math.min(MAX_CODES, distance + MAX_BESIDE)) {
            return -1;
        }
        places[state] = search << 8 | size;
        codes[size] = code;
        distances[size] = distance;
        into[size] = 0;
        return size++;
    }

    /** The atoms, among some, that lead only to the code to which most characters lead; none if all lead to one code. */
    private long mostCommon(int[] steps, long some) {
        long best = 0;
        int target = LazyAutomaton.DEAD;
        for (int s = 0; s < steps.length; s += 2) {
            long same = leading(steps, some, steps[s + 1], true);
            if (all.weight(same) > all.weight(best)) {
                best = same;
                target = steps[s + 1];
            }
        }
        long others = leading(steps, some, target, false);
        return others == 0 ? 0 : best & ~others;
    }

    /** The atoms, among some, that lead to a code, or elsewhere. */
    private static long leading(int[] steps, long some, int code, boolean isThere) {
        long leading = 0;
        for (int s = 0; s < steps.length; s += 2) {
            leading |= (steps[s + 1] == code) == isThere ? 1L << steps[s] & some : 0;
        }
        return leading;
    }

    /**
     * The atoms whose texts longer than all live ones are dead, if each code leads only to codes one step further away.
     *
     * @param from the first of the codes to which the longest live ones lead
     */
    private long ended(int from, long kept) {
        long all = -1;
        for (int i = from; i < size && distances[i] == length; i++) {
            all &= (codes[i] & 1) == 0 ? readings.of(codes[i]).dead() : 0;
        }
        return (kept & ~all) == 0 ? kept | (dead & all) : 0;
    }
}
