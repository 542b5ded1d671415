// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.budget;

import dev.espalier.automata.state.BudgetView;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTable;
import dev.espalier.mask.index.TokenTrie;
import java.util.Arrays;

/**
 * The least number of tokens from a set of stacks to the end of a text, kept as a lower and an upper bound that each question tightens.
 *
 * <p>From above: the fewest tokens that spell a shortest completion in bytes, then the shortest way that a search found. From
 * below: the bytes to the end over those of the longest token; what is left when the frame on top has ended
 * ({@link TailReach}); and what searches have ruled out. Where the bounds leave a question open, a best-first search (A*)
 * decides it, first for the places along the shortest completion, from its end on, so that each search meets what is known.
 * See {@code docs/design/budgets.md}; {@code LeastTokensTest} compares with breadth-first search over single tokens. One thread.
 */
@FastPath(oracle = "LeastTokensTest")
public final class LeastTokens {

    /** The number that means: there is no completion. */
    public static final int NONE = Integer.MAX_VALUE;

    private static final int UNKNOWN = 0;
    /** The initial capacity, in sets. */
    private static final int FIRST = 128;
    /**
     * The symbols by which a completion may be longer where a relaxed state forgot something, as {@link BudgetView#relaxed} promises.
     */
    private static final int MORE = 2;
    /** The greatest length in bytes of shortest completions that are spelled out. */
    private static final int MAX_SPELLED = 4_096;
    /** The greatest depth of nested questions about frames below, asked for a better bound. */
    private static final int MAX_NESTING = 48;

    private final LooseAutomaton automaton;
    private final TokenArrivals arrivals;
    private final TokenIndex index;
    private final TokenTable table;
    private final StepClock clock;
    private final TailReach tails;
    private int[] lower = new int[FIRST];
    private int[] upper = new int[FIRST];
    /** True if the completion of the upper bound runs through exact sets only. */
    private boolean[] sure = new boolean[FIRST];
    /** The next set on a shortest completion, and the byte to it. */
    private int[] closer = new int[FIRST];

    private byte[] closerByte = new byte[FIRST];
    /** The fewest tokens that spell that completion with everything that exact sets may require in addition. */
    private int[] forAll = new int[FIRST];
    /** As {@link #forAll}, but nothing is added before the first end of what was forgotten, and a token may be read across it. */
    private int[] forApart = new int[FIRST];
    /** The length in tokens of the completion last examined for {@link #forApart}. */
    private int[] wayAsked = new int[FIRST];

    /** The first token of a completion that attains the upper bound, and the set it leads to; 0 if none is known. */
    private int[] wayToken = new int[FIRST];

    private int[] wayTo = new int[FIRST];
    /** True while the least number of a set is being computed. */
    private boolean[] isOpen = new boolean[FIRST];

    private final LevelSearch search = new LevelSearch();
    private int nesting;

    LeastTokens(LooseAutomaton automaton, TokenArrivals arrivals, TailReach tails, TokenIndex index, StepClock clock) {
        this.automaton = automaton;
        this.arrivals = arrivals;
        this.tails = tails;
        this.index = index;
        this.table = index.table();
        this.clock = clock;
    }

    /** Whether every byte is a token. */
    boolean everyByte() {
        return index.everyByte();
    }

    /** Forgets everything. */
    void clear() {
        lower = new int[FIRST];
        upper = new int[FIRST];
        sure = new boolean[FIRST];
        closer = new int[FIRST];
        closerByte = new byte[FIRST];
        forAll = new int[FIRST];
        forApart = new int[FIRST];
        wayAsked = new int[FIRST];
        wayToken = new int[FIRST];
        wayTo = new int[FIRST];
        isOpen = new boolean[FIRST];
        nesting = 0;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return 38L * lower.length;
    }

    private int index(int number) {
        int index = LooseAutomaton.index(number);
        if (index >= lower.length) {
            int capacity = Math.max(index + 1, 2 * lower.length);
            lower = Arrays.copyOf(lower, capacity);
            upper = Arrays.copyOf(upper, capacity);
            sure = Arrays.copyOf(sure, capacity);
            closer = Arrays.copyOf(closer, capacity);
            closerByte = Arrays.copyOf(closerByte, capacity);
            forAll = Arrays.copyOf(forAll, capacity);
            forApart = Arrays.copyOf(forApart, capacity);
            wayAsked = Arrays.copyOf(wayAsked, capacity);
            wayToken = Arrays.copyOf(wayToken, capacity);
            wayTo = Arrays.copyOf(wayTo, capacity);
            isOpen = Arrays.copyOf(isOpen, capacity);
        }
        return index;
    }

    /** True if cheap bounds show that the number of tokens is enough. */
    boolean isEnough(int number, int tokens) {
        return tokens >= 0 && ((everyByte() && automaton.distance(number) <= tokens) || upper(number) <= tokens);
    }

    /** True if bounds show that the number of tokens is too small. */
    boolean isTooFew(int number, int tokens) {
        return tokens < 0 || lower(number) > tokens;
    }

    /**
     * True if bounds show that the number of tokens is enough from every exact set whose relaxation this is. Before each byte of a
     * shortest completion that ends what was forgotten, two more bytes may be needed ({@link BudgetView#endsForgotten}), and no token
     * is read across that place.
     */
    boolean isEnoughForAll(int number, int tokens) {
        if (automaton.mayEnd(number)) {
            return tokens >= 0;
        }
        int unused = upper(number);
        int index = index(number);
        return everyByte() && forAll[index] != UNKNOWN && forAll[index] <= tokens;
    }

    /** As {@link #isEnoughForAll}, for exact sets to whose first end nothing forgotten matters ({@link BudgetView#isApart}). */
    boolean isEnoughForApart(int number, int tokens) {
        if (automaton.mayEnd(number)) {
            return tokens >= 0;
        }
        int best = upper(number);
        int index = index(number);
        if (best < forApart[index] && best <= tokens && best != wayAsked[index]) {
            wayAsked[index] = best;
            boolean isOne = endsOnWay(number) <= 1;
            forApart[index] = isOne ? best : forApart[index];
        }
        return everyByte() && forApart[index] != UNKNOWN && forApart[index] <= tokens;
    }

    /** How often the known completion ends what was forgotten; a large number if none is known. */
    private int endsOnWay(int start) {
        int ends = 0;
        int number = start;
        while (!automaton.mayEnd(number) && ends <= 1) {
            int token = wayToken(number);
            if (wayTo(number) == 0 || token < 0) {
                return NONE;
            }
            int end = table.offset(token) + table.length(token);
            for (int i = table.offset(token); i < end; i++) {
                int symbol = table.blob()[i] & 0xff;
                ends += automaton.endsForgotten(number, symbol) ? 1 : 0;
                number = automaton.next(number, symbol);
                clock.stepped();
            }
            number = automaton.afterToken(number);
        }
        return ends;
    }

    /** The set after the first token of a completion that attains the upper bound; 0 if none is known. */
    int wayTo(int number) {
        int index = index(number);
        return wayToken[index] == TokenArrivals.SPECIAL ? 0 : wayTo[index];
    }

    /** The first token of that completion. */
    int wayToken(int number) {
        int index = index(number);
        return wayToken[index];
    }

    /** True if the completion of the upper bound runs through exact sets only. */
    boolean isSure(int number) {
        int index = index(number);
        return sure[index];
    }

    /** True if the text can end within the given number of tokens. */
    boolean fits(int number, int tokens) {
        while (true) {
            if (isTooFew(number, tokens)) {
                return false;
            }
            if (isEnough(number, tokens)) {
                return true;
            }
            settleShortest(number, tokens + 1);
            if (upper(number) > tokens && lower(number) <= tokens) {
                search(number, tokens);
            }
        }
    }

    /** The least number; {@link #NONE} if there is none. */
    int of(int number) {
        settleShortest(number, NONE - 1);
        settle(number);
        return upper(number);
    }

    private void settle(int number) {
        while (lower(number) < upper(number)) {
            search(number, upper(number) - 1);
        }
    }

    /** A lower bound, raised to {@code enough} or to the least number itself, unless that is being computed already. */
    int atLeast(int number, int enough) {
        boolean isBounded = upper(number) < NONE || enough < NONE - 1;
        int index = index(number);
        if (isBounded && lower(number) < enough && nesting < MAX_NESTING && !isOpen[index]) {
            isOpen[index] = true;
            try {
                while (lower(number) < Math.min(enough, upper(number))) {
                    search(number, Math.min(enough, upper(number)) - 1);
                }
            } finally {
                index = index(number);
                isOpen[index] = false;
            }
        }
        return lower(number);
    }

    /** Computes the numbers of the sets along a shortest completion, the last first, as far as needed. */
    private void settleShortest(int number, int enough) {
        if (upper(number) == NONE || nesting >= MAX_NESTING || next(number) == 0) {
            return;
        }
        nesting++;
        try {
            int[] path = new int[64];
            int size = 0;
            for (int at = number; !automaton.mayEnd(at) && at != 0 && lower(at) < upper(at); at = next(at)) {
                if (size == path.length) {
                    path = Arrays.copyOf(path, 2 * size);
                }
                path[size++] = at;
            }
            while (--size > 0) {
                atLeast(path[size], Math.min(enough, NONE - 1));
            }
        } finally {
            nesting--;
        }
    }

    /** A lower bound, found without a search. */
    int lower(int number) {
        if (automaton.mayEnd(number)) {
            return 0;
        }
        int index = index(number);
        if (lower[index] == UNKNOWN) {
            int distance = automaton.distance(number);
            lower[index] = Math.max(1, (int) ((distance + (long) table.longest() - 1) / Math.max(1, table.longest())));
        }
        return lower[index];
    }

    private void raise(int number, int bound) {
        int index = index(number);
        lower[index] = Math.max(lower[index], bound);
    }

    /** An upper bound. */
    int upper(int number) {
        int index = index(number);
        if (automaton.mayEnd(number)) {
            sure[index] = LooseAutomaton.isExact(number);
            return 0;
        }
        if (upper[index] == UNKNOWN) {
            spell(number);
            index = index(number);
        }
        return upper[index];
    }

    /** An upper bound from known numbers and from the distance in bytes. */
    private int quickUpper(int number) {
        int known = automaton.mayEnd(number) ? upper(number) : knownUpper(number);
        boolean isBounded = known != UNKNOWN || automaton.mayEnd(number);
        return isBounded ? known : everyByte() ? automaton.distance(number) : NONE;
    }

    /** Finds a shortest completion in bytes, and for each set along it the fewest tokens that spell the rest. */
    private void spell(int start) {
        int[] path = new int[64];
        int size = 0;
        int at = start;
        while (at != LooseAutomaton.DEAD && !automaton.mayEnd(at) && knownUpper(at) == UNKNOWN) {
            if (size == path.length) {
                path = Arrays.copyOf(path, 2 * size);
            }
            path[size++] = at;
            at = size > MAX_SPELLED ? LooseAutomaton.DEAD : closer(at);
        }
        while (--size >= 0) {
            spellFrom(path[size]);
        }
    }

    private void spellFrom(int number) {
        TokenTrie trie = index.trie();
        int distance = automaton.distance(number);
        int best = everyByte() && distance < NONE - 1 ? distance : NONE;
        boolean bestIsSure = false;
        int leastForAll = NONE;
        int first = TokenArrivals.SPECIAL;
        int to = 0;
        int leastForApart = NONE;
        boolean isCut = false;
        int ended = 0;
        int node = -1;
        int at = number;
        while (next(at) != 0) {
            int from = index(at);
            boolean isEnd = automaton.endsForgotten(at, closerByte[from] & 0xff);
            isCut |= at != number && isEnd;
            ended += isEnd ? 1 : 0;
            node = trie.child(node, closerByte[from] & 0xff);
            if (node < 0) {
                break;
            }
            at = closer[from];
            if (trie.firstToken(node) < trie.firstToken(node + 1)) {
                int rest = automaton.mayEnd(at) ? 0 : knownUpper(at);
                if (rest != UNKNOWN && rest != NONE && 1 + rest <= best || automaton.mayEnd(at)) {
                    best = Math.min(best, 1 + rest);
                    first = trie.tokens()[trie.firstToken(node)];
                    to = at;
                    bestIsSure = automaton.mayEnd(at) ? LooseAutomaton.isExact(at) : isSure(at);
                }
                leastForAll = isCut ? leastForAll : Math.min(leastForAll, from(at, forAll));
                if (ended <= 1) {
                    leastForApart = Math.min(leastForApart, from(at, ended == 0 ? forApart : forAll));
                }
            }
            if (automaton.mayEnd(at)) {
                break;
            }
        }
        int index = index(number);
        upper[index] = best;
        sure[index] = bestIsSure;
        wayToken[index] = first;
        wayTo[index] = to;
        boolean ends = next(number) != 0 && automaton.endsForgotten(number, closerByte[index] & 0xff);
        forAll[index] = leastForAll == NONE ? NONE : leastForAll + (ends ? MORE : 0);
        forApart[index] = leastForApart;
    }

    /** One token plus the number in a table. */
    private int from(int number, int[] table) {
        int index = index(number);
        int rest = automaton.mayEnd(number) ? 0 : table[index];
        boolean isBounded = automaton.mayEnd(number) || (rest != UNKNOWN && rest != NONE);
        return isBounded ? 1 + rest : NONE;
    }

    /** The next set on a shortest completion; 0 if it was not computed. */
    private int next(int number) {
        int index = index(number);
        return closer[index];
    }

    private int knownUpper(int number) {
        int index = index(number);
        return upper[index];
    }

    /** The set after a byte that leads nearer to the end, cached; {@link LooseAutomaton#DEAD} if only a special token does. */
    private int closer(int number) {
        int before = automaton.distance(number);
        if (before >= NONE - 1) {
            return LooseAutomaton.DEAD;
        }
        ByteSet live = automaton.readable(number);
        for (int i = 0; i < 512; i++) {
            // punctuation closes what is open, and is tried first
            int symbol = i & 0xff;
            boolean isFirst = symbol < 0x80 && !Character.isLetterOrDigit(symbol) && symbol > ' ';
            if (isFirst != (i < 256) || !live.contains(symbol)) {
                continue;
            }
            int next = automaton.nextWithin(number, symbol, before - 1L);
            if (next != LooseAutomaton.DEAD) {
                int index = index(number);
                closer[index] = next;
                closerByte[index] = (byte) symbol;
                return next;
            }
        }
        return LooseAutomaton.DEAD;
    }

    /** Raises the lower bound by the numbers of the sets below the top frames, as far as needed. */
    private int lowerBehindFrames(int number, int enough) {
        int known = lower(number);
        if (known < enough && nesting < MAX_NESTING && !automaton.mayEnd(number) && known < upper(number)) {
            nesting++;
            try {
                raise(number, tails.leastAfter(number, enough, this));
            } finally {
                nesting--;
            }
        }
        return lower(number);
    }

    /** Finds a completion of at most {@code most} tokens, or rules it out; improves one of the bounds. */
    private void search(int start, int most) {
        LevelSearch open = nesting == 0 ? search : new LevelSearch();
        open.begin();
        open.add(start, 0, 0, lower(start));
        while (true) {
            int number = open.take(most);
            if (number == 0) {
                break;
            }
            int spent = open.spent(number);
            int least = clock.isShortOfMemory() ? lower(number) : lowerBehindFrames(number, most - spent + 1);
            if (spent + (long) least > most) {
                continue;
            }
            clock.stepped();
            if (leads(number, spent, most, open)) {
                return;
            }
        }
        open.each((number, spent) -> raise(number, most >= NONE - 1 ? NONE : most + 1 - spent));
    }

    /** Visits the sets that single tokens lead to. True if a completion was found. */
    private boolean leads(int number, int spent, int most, LevelSearch open) {
        int rest = most - spent - 1;
        boolean isFrugal = clock.isShortOfMemory() && rest < NONE / 2;
        int least = isFrugal ? rest + 1 : NONE;
        for (int next : isFrugal ? arrivals.of(number, rest) : arrivals.of(number)) {
            int bound = lower(next);
            least = Math.min(least, bound);
            if (spent + 1L + bound > most) {
                continue;
            }
            int after = isFrugal ? quickUpper(next) : upper(next);
            if (after < NONE && spent + 1L + after <= most) {
                shorten(next, after, number, open);
                return true;
            }
            open.add(next, number, spent + 1, spent + 1 + bound);
        }
        raise(number, least == NONE ? NONE : least + 1);
        return false;
    }

    /** Lowers the upper bounds of all sets on a completion that was found. */
    private void shorten(int last, int after, int before, LevelSearch open) {
        int tokens = after;
        boolean isSure = isSure(last);
        int to = last;
        for (int at = before; at != 0; at = open.before(at)) {
            tokens++;
            int index = index(at);
            if (tokens < upper[index] || upper[index] == UNKNOWN) {
                upper[index] = tokens;
                sure[index] = isSure;
                wayToken[index] = arrivals.token(at, to);
                wayTo[index] = to;
            }
            to = at;
        }
    }
}
