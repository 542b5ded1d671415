package dev.espalier.mask.budget;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.SpecialSymbols;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.vocabulary.TokenIndex;
import dev.espalier.mask.vocabulary.TokenTable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Whether so many tokens are enough from a set of stacks to the end, where these are known to be enough once it has forgotten which
 * keys were used. Bounds and ways that were found there are tried first. Then tokens are read one after the other, depth first, only
 * those that lead to where what is left is enough, those first that lead nearest to the end. What was found and what was ruled out is
 * remembered. One thread.
 */
@FastPath(oracle = "espalier:SchemaBudgetTest")
final class GuidedSearch {

    private final LazyAutomaton exact;
    private final LooseAutomaton loose;
    private final TokenArrivals arrivals;
    private final LeastTokens least;
    private final TokenIndex index;
    private final TokenTable table;
    private final SpecialSymbols specials;
    private final Stepper stepper;
    private final StepClock clock;
    /** Of each state so many tokens that are enough, and so many that are not. */
    private int[] enough = {};

    private int[] tooFew = {};

    GuidedSearch(
            LazyAutomaton exact,
            LooseAutomaton loose,
            TokenArrivals arrivals,
            LeastTokens least,
            TokenIndex index,
            SpecialSymbols specials,
            Stepper stepper,
            StepClock clock) {
        this.exact = exact;
        this.loose = loose;
        this.arrivals = arrivals;
        this.least = least;
        this.index = index;
        this.table = index.table();
        this.specials = specials;
        this.stepper = stepper;
        this.clock = clock;
    }

    /** Forgets everything. */
    void clear() {
        enough = new int[0];
        tooFew = new int[0];
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return 8L * enough.length;
    }

    /** Whether so many tokens are enough from a code of the exact automaton. */
    boolean fits(int code, int tokens) {
        return !isTooFew(code, tokens) && (isEnough(code, tokens) || leads(code, tokens) >= 0);
    }

    /** The least number of tokens; {@link LeastTokens#NONE} if there is none. */
    int of(int code) {
        int number = loose.of(code);
        int tokens = least.of(number);
        if (tokens == LeastTokens.NONE || (LooseAutomaton.isExact(number) && least.isSure(number))) {
            return tokens;
        }
        while (!fits(code, tokens)) {
            tokens++;
        }
        return tokens;
    }

    /** A bound from below that is known by now. */
    int lower(int code) {
        int state = state(code);
        return Math.max(least.lower(loose.of(code)), tooFew[state] + 1);
    }

    /** The first token of a way of at most so many tokens to the end, which is not here; -1 if there is none. */
    int first(int code, int tokens) {
        if (least.everyByte() && exact.distance(code) <= tokens) {
            return nearerByte(code);
        }
        int number = loose.of(code);
        return isLed(number, code, tokens) ? least.wayToken(number) : leads(code, tokens);
    }

    /** The token of a single byte that leads nearer to the end. Nothing is kept of it: memory may have run out. */
    private int nearerByte(int code) {
        int distance = exact.distance(code);
        for (int symbol = 0; symbol < 256; symbol++) {
            int node = index.trie().child(-1, symbol);
            StackSet after = node < 0 ? StackSet.none() : stepper.step(exact.set(code), symbol);
            if (after.size() > 0 && stepper.distance(after) < distance) {
                return index.trie().tokens()[index.trie().firstToken(node)];
            }
        }
        return -1;
    }

    private int state(int code) {
        int state = code >> 1;
        if (state >= enough.length) {
            int before = enough.length;
            int capacity = Math.max(state + 1, 2 * before);
            enough = Arrays.copyOf(enough, capacity);
            tooFew = Arrays.copyOf(tooFew, capacity);
            Arrays.fill(enough, before, capacity, LeastTokens.NONE);
            Arrays.fill(tooFew, before, capacity, -1);
        }
        return state;
    }

    /** Whether so many tokens are not enough, as far as that is known or can be told where things are forgotten. */
    private boolean isTooFew(int code, int tokens) {
        int state = state(code);
        if (tokens < 0 || tooFew[state] >= tokens) {
            return true;
        }
        return (code & 1) == 0 && !least.fits(loose.of(code), tokens);
    }

    /** Whether so many tokens are enough, as far as that is known, or told by bounds or by a way that was found. */
    private boolean isEnough(int code, int tokens) {
        int state = state(code);
        if ((code & 1) != 0 || enough[state] <= tokens) {
            return true;
        }
        int number = loose.of(code);
        boolean isKnown = (least.everyByte() && exact.distance(code) <= tokens)
                || (LooseAutomaton.isExact(number) && least.upper(number) <= tokens && least.isSure(number))
                || least.isEnoughForAll(number, tokens)
                || (loose.isApart(code) && least.isEnoughForApart(number, tokens))
                || isLed(number, code, tokens);
        if (isKnown) {
            enough[state] = Math.min(enough[state], tokens);
        }
        return isKnown;
    }

    /** Whether a way that was found where things were forgotten leads a set itself to its end, too. Nothing is kept of it. */
    private boolean isLed(int start, int code, int tokens) {
        if (least.upper(start) > tokens) {
            return false;
        }
        StackSet at = exact.set(code);
        int number = start;
        while (!loose.mayEnd(number)) {
            int to = least.wayTo(number);
            if (to == 0) {
                return false;
            }
            int token = least.wayToken(number);
            int end = table.offset(token) + table.length(token);
            for (int i = table.offset(token); i < end && at.size() > 0; i++) {
                clock.worked();
                at = stepper.step(at, table.blob()[i] & 0xff);
            }
            if (at.size() == 0) {
                return false;
            }
            number = to;
        }
        return stepper.results(at).length > 0;
    }

    /** Reads tokens until so many are known to be enough; the first of those, or -1 if they are not. */
    private int leads(int start, int tokens) {
        Deque<Place> open = new ArrayDeque<>();
        open.push(new Place(start, tokens));
        while (true) {
            Place last = open.element();
            int next = last.next();
            if (next == LazyAutomaton.DEAD) {
                int state = state(last.code);
                tooFew[state] = Math.max(tooFew[state], last.tokens);
                open.pop();
                if (open.isEmpty()) {
                    return -1;
                }
            } else if (isEnough(next, last.tokens - 1)) {
                for (Place place : open) {
                    int state = state(place.code);
                    enough[state] = Math.min(enough[state], place.tokens);
                }
                return open.getLast().token;
            } else {
                open.push(new Place(next, last.tokens - 1));
            }
        }
    }

    /** A set on the way, so many tokens that are left there, and which of them were tried. */
    private final class Place {

        private final int code;
        private final int tokens;
        private final List<TokenArrivals.Group> groups;
        private final int[] named;
        private int group;
        private int range;
        private int index;
        private int namedIndex;
        private int symbolIndex;
        private int token = -1;

        Place(int code, int tokens) {
            this.code = code;
            this.tokens = tokens;
            this.groups = arrivals.groups(loose.of(code), least, tokens - 1);
            this.named = specials.isEmpty()
                    ? new int[0]
                    : specials.byId().keySet().stream().mapToInt(id -> id).toArray();
        }

        /** Where the next token leads that may be one; {@link LazyAutomaton#DEAD} after the last. */
        int next() {
            while (namedIndex < named.length) {
                token = named[namedIndex];
                List<Integer> symbols = specials.of(token);
                while (symbolIndex < symbols.size()) {
                    StackSet after = stepper.step(exact.set(code), symbols.get(symbolIndex++));
                    int at = after.size() == 0 ? LazyAutomaton.DEAD : exact.of(after);
                    if (at != LazyAutomaton.DEAD && !isTooFew(at, tokens - 1)) {
                        return at;
                    }
                }
                namedIndex++;
                symbolIndex = 0;
            }
            while (group < groups.size()) {
                TokenArrivals.Group now = groups.get(group);
                if (!least.fits(now.number(), tokens - 1) || !advance(now)) {
                    group++;
                    range = 0;
                    index = 0;
                    continue;
                }
                int at = read(code, token);
                if (at != LazyAutomaton.DEAD && !isTooFew(at, tokens - 1)) {
                    return at;
                }
            }
            return LazyAutomaton.DEAD;
        }

        private boolean advance(TokenArrivals.Group now) {
            while (range < now.ranges().size()) {
                TokenArrivals.Range some = now.ranges().get(range);
                if (index < some.size()) {
                    token = some.at(index++);
                    return true;
                }
                range++;
                index = 0;
            }
            return false;
        }
    }

    /** The code after a token. */
    int read(int code, int token) {
        int at = code;
        int end = table.offset(token) + table.length(token);
        for (int i = table.offset(token); i < end && at != LazyAutomaton.DEAD; i++) {
            at = exact.next(at, table.blob()[i] & 0xff);
        }
        return at;
    }
}
