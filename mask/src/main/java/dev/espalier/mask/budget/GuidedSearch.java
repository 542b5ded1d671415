// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.budget;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.SpecialSymbols;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTable;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A search for a completion within a number of tokens from an exact set of stacks, when the relaxed set (which forgets used keys) has
 * one. Bounds and completions of the relaxed set are tried first. Then tokens are read depth first: only those after which the relaxed
 * set has a completion within the rest, and first those nearest to the end. Results of both kinds are remembered. Oracle:
 * {@code LeastTokensTest}, {@code SchemaBudgetTest}. One thread.
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
    /** By state, a number of tokens that is enough, and one that is not. */
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

    /** True if the text can end within the given number of tokens from a code of the exact automaton. */
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

    /** A known lower bound on the least number of tokens. */
    int lower(int code) {
        int state = state(code);
        return Math.max(least.lower(loose.of(code)), tooFew[state] + 1);
    }

    /** The first token of a completion of at most {@code tokens} tokens, from a code that is not at the end; -1 if there is none. */
    int first(int code, int tokens) {
        if (least.everyByte() && exact.distance(code) <= tokens) {
            return nearerByte(code);
        }
        int number = loose.of(code);
        return isLed(number, code, tokens) ? least.wayToken(number) : leads(code, tokens);
    }

    /** A token of a single byte that leads nearer to the end. Nothing is remembered, since memory may have run out. */
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

    /** True if the number of tokens is known to be too small, or is too small even for the relaxed set. */
    private boolean isTooFew(int code, int tokens) {
        int state = state(code);
        if (tokens < 0 || tooFew[state] >= tokens) {
            return true;
        }
        return (code & 1) == 0 && !least.fits(loose.of(code), tokens);
    }

    /** True if the number of tokens is known to be enough, by bounds or by a completion found earlier. */
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

    /** True if a completion found for the relaxed set is also one of the exact set. Nothing is remembered. */
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
            at = stepper.afterToken(at);
            number = to;
        }
        return stepper.results(at).length > 0;
    }

    /** Searches for a completion of at most {@code tokens} tokens. Returns its first token, or -1 if there is none. */
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

    /** A set on the current path, the number of tokens left there, and which tokens were tried. */
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
            // one of each group: all others of it lead to the same place
            this.named =
                    specials.groups().stream().mapToInt(group -> group.ids()[0]).toArray();
        }

        /** The code after the next promising token; {@link LazyAutomaton#DEAD} after the last. */
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
        return at == LazyAutomaton.DEAD ? at : exact.of(stepper.afterToken(exact.set(at)));
    }
}
