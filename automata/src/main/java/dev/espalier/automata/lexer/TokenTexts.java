// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The texts of a lexer's tokens behind its boundaries, made when they are first asked for. Used by one thread. */
public final class TokenTexts {

    /** States of a set that are looked at in a small step of work, besides four steps. */
    private static final int STATES_A_STEP = 512;

    private final LexerTable lexer;
    private final LexerParts parts;
    private final Boundaries boundaries;
    private final WorkBudget budget;
    private final Map<List<Integer>, TokenText> texts = new HashMap<>();
    private final Map<TokenText, Integer> numbers = new HashMap<>();
    private final Map<List<Integer>, Integer> numberOf = new HashMap<>();
    private final Map<Integer, BitSet> leading = new HashMap<>();
    private final Map<Integer, BitSet> endingIn = new HashMap<>();
    private final List<BitSet> comingFrom = new ArrayList<>();

    /** The texts of a lexer's tokens and parts. */
    public TokenTexts(LexerTable lexer, LexerParts parts, WorkBudget budget) {
        this.lexer = lexer;
        this.parts = parts;
        this.boundaries = new Boundaries(lexer);
        this.budget = budget;
        for (int state = 0; state < lexer.states(); state++) {
            comingFrom.add(new BitSet());
        }
        for (int state = 0; state < lexer.states(); state++) {
            budget.spend(1 + lexer.ranges() / TokenText.RANGES_A_UNIT);
            int ending = state;
            Stream.concat(lexer.endings(state).stream(), lexer.last(state).stream())
                    .forEach(each -> endingIn.computeIfAbsent(each.kind(), none -> new BitSet())
                            .set(ending));
            for (int range = 0; range < lexer.ranges(); range++) {
                if (lexer.next(state, range) >= 0) {
                    comingFrom.get(lexer.next(state, range)).set(state);
                }
            }
        }
    }

    /** The boundaries that were met. */
    public Boundaries boundaries() {
        return boundaries;
    }

    /** The texts of a kind of tokens behind a boundary. */
    public TokenText of(int boundary, int kind) {
        return of(boundary, kind, TokenText.Part.TOKEN);
    }

    /** The texts of newline tokens behind a boundary, up to their last line end. */
    public TokenText lines(int boundary, int kind) {
        return of(boundary, kind, TokenText.Part.LINE);
    }

    /** The texts that complete newline tokens behind their last line end. */
    public TokenText indentation(int boundary) {
        return of(boundaries.line(boundary), boundaries.lineKind(boundary), TokenText.Part.INDENTATION);
    }

    /** The number of the texts of a kind of tokens behind a boundary: equal texts have one number. */
    public int number(int boundary, int kind) {
        return number(boundary, kind, TokenText.Part.TOKEN);
    }

    /** The number of {@link #lines}. */
    public int lineNumber(int boundary, int kind) {
        return number(boundary, kind, TokenText.Part.LINE);
    }

    private int number(int boundary, int kind, TokenText.Part part) {
        return numberOf.computeIfAbsent(
                List.of(boundary, kind, part.ordinal()),
                none -> numbers.computeIfAbsent(of(boundary, kind, part), text -> numbers.size()));
    }

    private TokenText of(int boundary, int kind, TokenText.Part part) {
        List<Integer> key = List.of(boundary, kind, part.ordinal());
        TokenText known = texts.get(key);
        if (known == null) {
            boolean isNext = kind != LexerTable.SKIPPED && part != TokenText.Part.INDENTATION;
            int all = boundaries.withAll(boundary);
            if (isNext && all != boundary) {
                return boundaries.isForbidden(boundary, kind) ? TokenText.NONE : of(all, kind, part);
            }
            known = parts.has(kind)
                    ? parts.text(boundaries, boundary, kind)
                    : TokenText.of(lexer, boundaries, boundary, kind, leading(kind), part, budget);
            int free = part == TokenText.Part.INDENTATION ? boundary : boundaries.free(boundary);
            if (boundary != free && !known.isBound()) {
                known = of(free, kind, part);
            }
            texts.put(key, known);
        }
        return known;
    }

    /** The states of the lexer from which a kind of tokens can be reached, its own ends among them. */
    private BitSet leading(int kind) {
        return leading.computeIfAbsent(kind, none -> {
            BitSet found = new BitSet();
            found.or(endingIn.getOrDefault(kind, found));
            List<Integer> pending = new ArrayList<>(found.stream().boxed().toList());
            while (!pending.isEmpty()) {
                BitSet before = comingFrom.get(pending.remove(pending.size() - 1));
                budget.spendSteps(4 + before.size() / STATES_A_STEP);
                for (int from = before.nextSetBit(0); from >= 0; from = before.nextSetBit(from + 1)) {
                    if (!found.get(from)) {
                        found.set(from);
                        pending.add(from);
                    }
                }
            }
            return found;
        });
    }
}
