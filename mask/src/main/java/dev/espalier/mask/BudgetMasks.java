package dev.espalier.mask;

import dev.espalier.automata.StackSet;
import dev.espalier.automata.Stepper;
import org.jspecify.annotations.Nullable;

/**
 * Masks under a budget of tokens: the tokens after which the least number of tokens to the end is within it. All tokens are put
 * through by where they lead, sets of stacks that have forgotten which keys were used first ({@link LooseAutomaton}): what is too
 * far from the end there is too far. Where something was forgotten on the way, what is left is asked again token by token.
 * Oracle: {@code LeastTokensTest}. One thread.
 */
final class BudgetMasks {

    private static final long MAX_BOUND_BYTES = 4L << 20;

    private final LazyAutomaton exact;
    private final LazyAutomaton relaxed;
    private final LooseAutomaton loose;
    private final TokenTable table;
    private final SpecialSymbols specials;
    private final Stepper stepper;
    private final StepClock clock;
    private final Part looseTokens;
    private final Part exactTokens;
    private int generation;

    /** Least numbers over one automaton, with what they are found from. */
    private record Part(LooseAutomaton automaton, TokenArrivals arrivals, TailReach tails, LeastTokens least) {

        static Part of(
                LooseAutomaton automaton,
                TokenTable table,
                SpecialSymbols specials,
                Stepper stepper,
                StepClock clock,
                @Nullable LeastTokens looser) {
            TokenArrivals arrivals = new TokenArrivals(automaton, table, specials, stepper, clock);
            TailReach tails = new TailReach(automaton, arrivals, table, stepper);
            return new Part(
                    automaton, arrivals, tails, new LeastTokens(automaton, arrivals, tails, table, clock, looser));
        }

        void clear() {
            automaton.clear();
            arrivals.clear();
            tails.clear();
            least.clear();
        }

        long bytes() {
            return arrivals.bytes() + least.bytes();
        }
    }

    BudgetMasks(LazyAutomaton exact, TokenTable table, SpecialSymbols specials, Stepper stepper, StepClock clock) {
        this.exact = exact;
        this.table = table;
        this.specials = specials;
        this.stepper = stepper;
        this.clock = clock;
        this.relaxed = LazyAutomaton.relaxed(stepper, clock);
        this.loose = LooseAutomaton.of(exact, relaxed, stepper);
        this.looseTokens = Part.of(loose, table, specials, stepper, clock, null);
        this.exactTokens =
                Part.of(LooseAutomaton.exact(exact, stepper), table, specials, stepper, clock, looseTokens.least);
    }

    /** Forgets what is much, and all if codes have become invalid; to be called after the exact automaton was trimmed. */
    void trim(long maxBytes) {
        relaxed.trim(maxBytes);
        int now = exact.generation() + relaxed.generation();
        if (now != generation || looseTokens.bytes() + exactTokens.bytes() > maxBytes + MAX_BOUND_BYTES) {
            generation = now;
            looseTokens.clear();
            exactTokens.clear();
        }
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return relaxed.bytes() + looseTokens.bytes() + exactTokens.bytes();
    }

    /** The automaton that relaxes sets. */
    LazyAutomaton relaxed() {
        return relaxed;
    }

    /** Whether every byte is a token, so that as many tokens as bytes are enough. */
    boolean everyByte() {
        return looseTokens.least.everyByte();
    }

    /** Whether so many tokens are enough from a code of the exact automaton to the end. */
    boolean fits(int code, int tokens) {
        int number = loose.of(code);
        return looseTokens.least.fits(number, tokens) && fitsExactly(number, code, tokens);
    }

    /** Whether tokens that are enough where things were forgotten are enough for the set itself. */
    private boolean fitsExactly(int number, int code, int tokens) {
        LeastTokens least = looseTokens.least;
        boolean isKnown = LooseAutomaton.isExact(number)
                && ((everyByte() && loose.distance(number) <= tokens)
                        || (least.upper(number) <= tokens && least.isSure(number)));
        return isKnown
                || least.isEnoughForAll(number, tokens)
                || (loose.isApart(code) && least.isEnoughForApart(number, tokens))
                || isLed(number, code, tokens)
                || exactTokens.least.fits(code, tokens);
    }

    /** Whether a way that was found where things were forgotten leads a set itself to its end, too. Nothing is kept of it. */
    private boolean isLed(int start, int code, int tokens) {
        LeastTokens least = looseTokens.least;
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

    /** The least number of tokens from a code to the end; {@link LeastTokens#NONE} if there is none. */
    int least(int code) {
        int number = loose.of(code);
        int least = looseTokens.least.of(number);
        boolean isKnown =
                least == LeastTokens.NONE || (LooseAutomaton.isExact(number) && looseTokens.least.isSure(number));
        return isKnown ? least : exactTokens.least.of(code);
    }

    /** A bound from below that is known by now. */
    int lower(int code) {
        return exactTokens.least.lower(code);
    }

    /**
     * Adds the tokens after which so many tokens are enough, end tokens left out.
     *
     * @param plain all that are allowed
     * @return whether these are all that are allowed
     */
    boolean addWithin(int code, int tokens, TokenMask plain, TokenSet target) {
        int number = loose.of(code);
        Adding adding = new Adding(code, tokens, plain, target);
        looseTokens.arrivals.walk(number, adding);
        specials.byId().forEach((id, symbols) -> {
            for (int symbol : symbols) {
                StackSet after = stepper.step(exact.set(code), symbol);
                if (after.size() > 0 && fits(exact.of(after), tokens)) {
                    target.add(id);
                } else {
                    adding.all &= after.size() == 0;
                }
            }
        });
        return adding.all;
    }

    /** Adds tokens by where they lead. */
    private final class Adding implements TokenArrivals.Visitor {

        private final int code;
        private final int tokens;
        private final TokenMask plain;
        private final TokenSet target;
        private final boolean isApart;
        private boolean all = true;
        private int lastNumber;
        private boolean lastFits;

        Adding(int code, int tokens, TokenMask plain, TokenSet target) {
            this.code = code;
            this.tokens = tokens;
            this.plain = plain;
            this.target = target;
            this.isApart = loose.isApart(code);
        }

        @Override
        public boolean asksForEnds() {
            return isApart;
        }

        /** Whether all sets that are some number where things are forgotten are near enough, as far as bounds tell. */
        private boolean allFit(int number, boolean ended) {
            LeastTokens least = looseTokens.least;
            return least.isEnoughForAll(number, tokens)
                    || (isApart && !ended && least.isEnoughForApart(number, tokens));
        }

        private boolean fits(int number) {
            if (number != lastNumber) {
                lastNumber = number;
                lastFits = looseTokens.least.fits(number, tokens)
                        && (!LooseAutomaton.isExact(number) || fitsExactly(number, number, tokens));
                all &= lastFits;
            }
            return lastFits;
        }

        @Override
        public void arrive(int number, TokenTrie trie, int from, int to, boolean ended) {
            if (!fits(number)) {
                return;
            }
            if (LooseAutomaton.isExact(number)) {
                target.addAll(trie.tokens(), from, to);
                return;
            }
            boolean allFit = allFit(number, ended);
            for (int at = from; at < to; at++) {
                add(number, trie.tokens()[at], allFit);
            }
        }

        @Override
        public void stay(int number, TokenMask stayed) {
            if (!fits(number)) {
                return;
            }
            if (LooseAutomaton.isExact(number)) {
                target.addAll(stayed);
                return;
            }
            boolean allFit = allFit(number, false);
            for (int token : stayed.ids()) {
                add(number, token, allFit);
            }
        }

        /** Adds a token that may be read where things are forgotten, if it is allowed at all. */
        private void add(int number, int token, boolean fits) {
            if (fits && plain.allows(token)) {
                target.add(token);
            } else if (!fits) {
                addIfFits(number, token);
            }
        }

        /** Those are added by themselves: what they are read as counts, not where they lead alone. */
        @Override
        public void arrive(int number, int special) {}

        /** Reads a token where nothing is forgotten. */
        private void addIfFits(int number, int token) {
            int at = code;
            int end = table.offset(token) + table.length(token);
            for (int i = table.offset(token); i < end && at != LazyAutomaton.DEAD; i++) {
                at = exact.next(at, table.blob()[i] & 0xff);
            }
            if (at == LazyAutomaton.DEAD) {
                return;
            }
            if (isLed(number, at, tokens) || exactTokens.least.fits(at, tokens)) {
                target.add(token);
            } else {
                all = false;
            }
        }
    }
}
