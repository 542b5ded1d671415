package dev.espalier.mask.walk;

import dev.espalier.automata.Horizon;
import dev.espalier.automata.TextView;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.vocabulary.AtomTokens;
import dev.espalier.mask.vocabulary.TextAtoms;
import dev.espalier.mask.vocabulary.TokenSet;
import dev.espalier.mask.vocabulary.TokenTrie;
import dev.espalier.mask.vocabulary.Utf8;
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
@FastPath(oracle = "LiveAtomsTest")
final class LiveAtoms {

    private static final int MAX_CODES = 160;

    /** Codes of a search beside one for each character of the text. */
    private static final int MAX_BESIDE = 40;

    private static final int MAX_ATTEMPTS = 24;

    /** Lengths beyond this are not told apart from it, unless the set is closed: few tokens are longer. */
    private static final int FAR = 16;

    private static final Horizon NEAR = Horizon.of(FAR);

    private static final long NO_ATOMS = Long.MIN_VALUE;

    /** Codes whose characters are read for one walk: where each text has a code of its own, there is nothing to find. */
    private static final int MAX_READINGS = 24;

    /** The same of the code of a whole walk if states say where characters lead: what is read here is read again from the next codes. */
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
    /** By code of a whole walk. */
    private final Map<Integer, Claims> starts = new HashMap<>();

    private long[] certain = new long[0];
    /** By depth, what the way to a node is made of; beyond ASCII also without the last character, and how that begins. */
    private long[] ways = new long[64];

    private long[] before = new long[64];
    private int[] spellings = new int[64];
    private @Nullable Claims[] found = new Claims[64];
    /** By half a code, the code that stands for it in short texts; 0 where that is not known. */
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
    /** Of the last search: the characters up to which any text of its atoms is live. */
    private int length;
    /** Of the last search: the atoms that are dead wherever in such a text they stand, the frame having no chance to end before. */
    private long dead;
    /** Of the last search: the atoms that texts that are longer than that are made of, which are dead; 0 where not all of them are. */
    private long ended;

    /**
     * What is known of texts from a code on: all of so many characters of such atoms are live.
     *
     * @param atoms fewer from each to the next
     * @param dead what is dead wherever in such texts it stands
     * @param lengths more from each to the next
     * @param whole what longer texts are made of that are dead for certain
     */
    private record Claims(long[] atoms, long[] dead, int[] lengths, long[] whole) {

        /** All texts of some atoms are live up to a length. */
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

    /** Where nothing was asked yet. */
    private static final Claims NONE = new Claims(new long[0], new long[0], new int[0], new long[0]);

    /**
     * Over the codes of an automaton.
     *
     * @param all of all tokens: they tell which characters are frequent
     * @param tokens those of plain text
     * @param leastNodes of a subtree that is worth finding out about
     */
    LiveAtoms(LazyAutomaton automaton, TextAtoms all, AtomTokens tokens, int leastNodes) {
        this.leastNodes = leastNodes;
        this.automaton = automaton;
        this.all = all;
        this.tokens = tokens;
        this.atoms = all;
        this.readings = new AtomReadings(automaton);
    }

    /** A walk from a code begins that need not see all tokens: those are added that are live for certain. */
    void from(int code, TokenSet accepted) {
        start = ofStart(code);
        certain = new long[start.atoms.length];
        for (int i = 0; i < certain.length; i++) {
            tokens.addMadeOf(start.atoms[i], start.lengths[i], accepted);
            boolean isMixed = (start.atoms[i] & TextAtoms.BEYOND_ASCII) == 1L << TextAtoms.SPACE;
            certain[i] = isMixed ? ~(1L << TextAtoms.OTHER) : -1;
        }
    }

    /** Whether all plain text is live at a code; null if what the states say of characters does not tell. */
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

    /** What is known of the code of a whole walk, long texts told apart where that is cheap. */
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
     * Whether all tokens at and below a node are dead, or were added by {@link #from}, or are not told of; asked of the nodes above
     * it before.
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

    /** What the character may be that a byte on the way is of. */
    private void addBeyondAscii(int depth, int symbol) {
        boolean isFirst = symbol >= Utf8.LEAST_LEAD;
        int spelling = isFirst ? 0 : spellings[depth - 1];
        before[depth] = isFirst ? ways[depth - 1] : before[depth - 1];
        spellings[depth] = spelling < 0 ? -1 : TextAtoms.spelling(spelling, symbol);
        ways[depth] = before[depth] | (spellings[depth] < 0 ? 1L << TextAtoms.OTHER : TextAtoms.BEYOND_ASCII);
    }

    /**
     * Adds the tokens at and below a node that are live, if it is certain which these are: any text of some atoms is live, and
     * all others are dead wherever they stand in it. Of tokens that the atoms do not tell of, and of those that are too long, some are
     * added at will.
     *
     * @param code at the node
     * @param before the code before the node's byte
     * @param mayDrop whether what is dead is of no account
     * @param most the bytes below the node that are not too many
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

    /** The bytes of the longest text below a node; 127 for all that are longer. */
    int height(int node) {
        return atoms.height(node);
    }

    /** The nodes that the last {@link #takeBelow} looked at one by one. */
    int taken() {
        return taken;
    }

    /** A walk over a trie begins. */
    void over(TokenTrie nextTrie, TextAtoms nextAtoms) {
        trie = nextTrie;
        atoms = nextAtoms;
        certain = new long[0];
    }

    /** What stands for a code in short texts: far from bounds most codes do so for many others. */
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

    /** A mask is asked for. */
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

    /** What is known of a code, as far as the walk's readings go. */
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

    /** At a conflict the fewer characters go: those that are dead somewhere, or those that lead there. */
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

    /** Searches from a code with some atoms: what to leave out of them next, and the length that they have. */
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

    /** Of some atoms those that lead nowhere else than to the code that most characters lead to; none where all lead to one. */
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

    /** Of some atoms those that lead to a code, or elsewhere. */
    private static long leading(int[] steps, long some, int code, boolean isThere) {
        long leading = 0;
        for (int s = 0; s < steps.length; s += 2) {
            leading |= (steps[s + 1] == code) == isThere ? 1L << steps[s] & some : 0;
        }
        return leading;
    }

    /**
     * Of texts that lead from each code to codes one further away only: the atoms that longer ones than all live ones are made of, all of
     * them dead.
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
