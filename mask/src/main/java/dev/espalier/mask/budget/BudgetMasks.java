// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.budget;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.AllotmentSpentException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.SpecialSymbols;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTable;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.token.TokenSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Masks under a budget of tokens: the tokens after which the least number of tokens to the end is within it. All tokens are sorted
 * by where they lead once which keys were used is forgotten ({@link LooseAutomaton}): what is too far from the end there is too far
 * ({@link LeastTokens}). Where something was forgotten on the way, what is left is asked again token by token
 * ({@link GuidedSearch}). One thread.
 */
@FastPath(oracle = "LeastTokensTest")
public final class BudgetMasks {

    private static final long MAX_BOUND_BYTES = 4L << 20;
    private static final Set<String> DEADLINES = Set.of("stepDeadline", "wallClockFactor");

    private final LazyAutomaton exact;
    private final LazyAutomaton relaxed;
    private final LooseAutomaton loose;
    private final SpecialSymbols specials;
    private final int[] ends;
    /** True if no token is read both as text and as a special token. */
    private final boolean isTextAlone;

    private final Stepper stepper;
    private final StepClock clock;
    private final TokenArrivals arrivals;
    private final TailReach tails;
    private final LeastTokens least;
    private final GuidedSearch search;
    private int generation;

    public BudgetMasks(
            LazyAutomaton exact,
            TokenIndex index,
            SpecialSymbols specials,
            int[] ends,
            Stepper stepper,
            StepClock clock) {
        this.ends = ends;
        TokenTable table = index.table();
        this.isTextAlone =
                specials.isEmpty() && Arrays.stream(ends).noneMatch(id -> id < table.count() && table.length(id) > 0);
        this.exact = exact;
        this.specials = specials;
        this.stepper = stepper;
        this.clock = clock;
        this.relaxed = LazyAutomaton.relaxed(stepper, clock);
        this.loose = new LooseAutomaton(exact, relaxed, stepper);
        this.arrivals = new TokenArrivals(loose, index, specials, stepper, clock);
        this.tails = new TailReach(loose, arrivals, index, stepper);
        this.least = new LeastTokens(loose, arrivals, tails, index, clock);
        this.search = new GuidedSearch(exact, loose, arrivals, least, index, specials, stepper, clock);
    }

    /**
     * Drops tables that have grown large, and everything if codes have become invalid. Must be called after the exact automaton was
     * trimmed.
     */
    public void trim(long maxBytes) {
        relaxed.trim(maxBytes);
        int now = exact.generation() + relaxed.generation();
        if (now != generation || ownBytes() > maxBytes + MAX_BOUND_BYTES) {
            generation = now;
            loose.clear();
            arrivals.clear();
            tails.clear();
            least.clear();
            search.clear();
        }
    }

    private long ownBytes() {
        return arrivals.bytes() + least.bytes() + search.bytes();
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return relaxed.bytes() + ownBytes();
    }

    /** The automaton over relaxed sets ({@link Stepper#relaxed}). */
    public LazyAutomaton relaxed() {
        return relaxed;
    }

    /** True if every byte is a token, so that a text never needs more tokens than bytes. */
    public boolean everyByte() {
        return least.everyByte();
    }

    /** True if the text can end within the given number of tokens from a code of the exact automaton. */
    public boolean fits(int code, int tokens) {
        return search.fits(code, tokens);
    }

    /** The least number of tokens from a code to the end; {@link LeastTokens#NONE} if there is none. */
    public int least(int code) {
        return search.of(code);
    }

    /** A known lower bound on the least number of tokens. */
    public int lower(int code) {
        return search.lower(code);
    }

    /** The first token of some completion of at most {@code tokens} tokens, from a code that is not at the end; -1 if there is none. */
    public int anyWithin(int code, int tokens) {
        return search.first(code, tokens);
    }

    /**
     * Adds the allowed tokens after which the text can end within the given number of tokens, without end tokens; adds none if all
     * allowed tokens fit. Unless the answer must be exact, tokens still undecided when {@link StepClock#allotToBudget} ends the work
     * are left out.
     *
     * @param plain all tokens that are allowed
     * @param isExact true if every token must be decided, however long it takes
     */
    public Fitting addWithin(int code, int tokens, TokenMask plain, TokenSet target, boolean isExact) {
        Sorting sorting = new Sorting(code, tokens, plain);
        if (isExact) {
            sorting.decide();
            return sorting.addTo(target);
        }
        try {
            clock.allotToBudget();
            sorting.decide();
        } catch (AllotmentSpentException spent) {
            return sorting.addDecidedTo(target);
        } catch (LimitExceededException exceeded) {
            if (DEADLINES.contains(exceeded.limit())) {
                throw exceeded;
            }
            return sorting.addDecidedTo(target);
        } finally {
            clock.endAllotment();
        }
        return sorting.addTo(target);
    }

    /**
     * The outcome of {@link #addWithin}.
     *
     * @param all true if all allowed tokens fit
     * @param undecided the number of tokens that were not decided
     */
    public record Fitting(boolean all, int undecided) {}

    /** A range of an array of tokens whose rests lead to one number. */
    private record Range(int[] tokens, int from, int to, boolean ended) {

        int size() {
            return to - from;
        }

        void addTo(TokenSet target, TokenMask plain) {
            for (int at = from; at < to; at++) {
                if (plain.allows(tokens[at])) {
                    target.add(tokens[at]);
                }
            }
        }

        void removeFrom(TokenSet target) {
            target.removeAll(tokens, from, to);
        }
    }

    /** Groups tokens by the set they lead to, and decides each group; those that need no search come first. */
    private final class Sorting implements TokenArrivals.Visitor {

        private final int code;
        private final int rest;
        private final TokenMask plain;
        private final boolean isApart;
        private final Map<Integer, List<Range>> open = new LinkedHashMap<>();
        private final List<Range> near = new ArrayList<>();
        private final List<Range> far = new ArrayList<>();
        private final List<Integer> named = new ArrayList<>();
        private boolean isNamedFar;

        Sorting(int code, int rest, TokenMask plain) {
            this.code = code;
            this.rest = rest;
            this.plain = plain;
            this.isApart = loose.isApart(code);
        }

        void decide() {
            decideNamed();
            arrivals.walk(loose.of(code), this);
            open.entrySet().removeIf(at -> isSettled(at.getKey(), at.getValue()));
            Iterator<Map.Entry<Integer, List<Range>>> left = open.entrySet().iterator();
            while (left.hasNext()) {
                Map.Entry<Integer, List<Range>> next = left.next();
                decide(next.getKey(), next.getValue());
                left.remove();
            }
        }

        private void decideNamed() {
            for (SpecialSymbols.Group group : specials.groups()) {
                for (int symbol : group.symbols()) {
                    StackSet after = stepper.step(exact.set(code), symbol);
                    boolean fits = after.size() > 0 && fits(exact.of(stepper.afterToken(after)), rest);
                    isNamedFar |= after.size() > 0 && !fits;
                    for (int i = 0; fits && i < group.ids().length; i++) {
                        named.add(group.ids()[i]);
                    }
                }
            }
        }

        /** Adds all tokens that fit, once all are decided; removes the others from all if these are fewer. */
        Fitting addTo(TokenSet target) {
            if (far.isEmpty() && !isNamedFar) {
                return new Fitting(true, 0);
            }
            if (!isTextAlone || size(near) <= size(far)) {
                near.forEach(range -> range.addTo(target, plain));
            } else {
                target.addAll(plain);
                far.forEach(range -> range.removeFrom(target));
                target.removeAll(ends, 0, ends.length);
            }
            named.forEach(target::add);
            return new Fitting(false, 0);
        }

        /** Adds the tokens that were decided to fit. */
        Fitting addDecidedTo(TokenSet target) {
            near.forEach(range -> range.addTo(target, plain));
            named.forEach(target::add);
            TokenSet refused = new TokenSet(plain.size());
            far.forEach(range -> range.addTo(refused, plain));
            return new Fitting(false, Math.max(1, plain.count() - target.count() - refused.count()));
        }

        private static long size(List<Range> ranges) {
            long size = 0;
            for (Range range : ranges) {
                size += range.size();
            }
            return size;
        }

        @Override
        public boolean asksForEnds() {
            return isApart;
        }

        @Override
        public void arrive(int number, int[] tokens, int from, int to, boolean ended) {
            sort(number, new Range(tokens, from, to, ended));
        }

        /** Special tokens are decided one by one, since it also matters what they are read as. */
        @Override
        public void arrive(int number, int special) {}

        private void sort(int number, Range range) {
            if (least.isTooFew(number, rest)) {
                far.add(range);
            } else if (LooseAutomaton.isExact(number) && everyByte() && loose.distance(number) <= rest) {
                near.add(range);
            } else {
                open.computeIfAbsent(number, key -> new ArrayList<>(1)).add(range);
            }
        }

        /** Decides the tokens that lead to a number, as far as that needs no search. True if all are decided. */
        private boolean isSettled(int number, List<Range> ranges) {
            boolean isEnough = least.isEnough(number, rest);
            if (LooseAutomaton.isExact(number)) {
                boolean fits = isEnough && least.isSure(number);
                return fits && near.addAll(ranges);
            }
            ranges.removeIf(range -> {
                boolean fits = least.isEnoughForAll(number, rest)
                        || (isEnough && isApart && !range.ended && least.isEnoughForApart(number, rest));
                return fits && near.add(range);
            });
            return ranges.isEmpty();
        }

        private void decide(int number, List<Range> ranges) {
            if (!least.fits(number, rest)) {
                far.addAll(ranges);
            } else if (LooseAutomaton.isExact(number)) {
                (search.fits(number, rest) ? near : far).addAll(ranges);
            } else if (!isSettled(number, ranges)) {
                ranges.forEach(this::decideEach);
            }
        }

        /** Decides each token by reading it in the exact automaton. */
        private void decideEach(Range range) {
            for (int i = range.from; i < range.to; i++) {
                int at = search.read(code, range.tokens[i]);
                boolean fits = at != LazyAutomaton.DEAD && search.fits(at, rest);
                (fits ? near : far).add(new Range(range.tokens, i, i + 1, false));
            }
        }
    }
}
