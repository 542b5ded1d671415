// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TextView;
import dev.espalier.mask.index.Utf8;

/**
 * A frame for tests: plain text of {@code min} to {@code max} code points between quotes, which promises its
 * {@link TextView#plainTextBound}. It ends with result 1 after text that has an {@code a}, else with result 0; only results
 * of its goal are offered.
 *
 * @param phase 0 before the opening quote, 1 inside, 2 after the closing quote, 3 and up inside a character
 * @param hasA whether there was an a
 */
record BoundedText(int min, int max, int phase, int count, boolean hasA, int need) implements State, TextView {

    /** By state of {@link Utf8}. */
    private static final int[] BYTES_LEFT = {0, 1, 2, 3, 2, 2, 3, 3};

    private static final int OPEN = 0;
    private static final int INSIDE = 1;
    private static final int CLOSED = 2;

    /** {@code need}: -1 when both results will do, else the only result that will. */
    static BoundedText start(int min, int max, int need) {
        return new BoundedText(min, max, OPEN, 0, false, need);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (phase == OPEN && symbol == '"') {
            moves.stay(new BoundedText(min, max, INSIDE, 0, false, need));
        } else if (phase == INSIDE && symbol == '"') {
            if (count >= min && fits(hasA)) {
                moves.stay(new BoundedText(min, max, CLOSED, 0, hasA, need));
            }
        } else if (phase == INSIDE && count < max) {
            read(Utf8.next(Utf8.START, symbol), symbol, moves);
        } else if (phase > CLOSED) {
            read(Utf8.next(phase - CLOSED, symbol), symbol, moves);
        }
    }

    private boolean fits(boolean a) {
        return need < 0 || need == (a ? 1 : 0);
    }

    private void read(int utf8, int symbol, Moves moves) {
        boolean plain = symbol >= 0x20 && symbol != '\\' && symbol < State.SPECIAL;
        if (utf8 == Utf8.DEAD || !plain) {
            return;
        }
        boolean a = hasA || symbol == 'a';
        int after = count + (utf8 == Utf8.START ? 1 : 0);
        int started = utf8 == Utf8.START ? after : after + 1;
        boolean canEnd = fits(a) || (need == 1 && started < max);
        if (canEnd) {
            int next = utf8 == Utf8.START ? INSIDE : CLOSED + utf8;
            moves.stay(new BoundedText(min, max, next, after, a, need));
        }
    }

    @Override
    public int[] results() {
        return phase == CLOSED ? new int[] {hasA ? 1 : 0} : NO_RESULTS;
    }

    @Override
    public int[] goal() {
        return java.util.stream.IntStream.of(0, 1)
                .filter(result -> distance(result) < Integer.MAX_VALUE)
                .toArray();
    }

    @Override
    public void resume(int result, Moves moves) {
        throw new IllegalStateException("calls nothing");
    }

    @Override
    public int distance(int result) {
        if (need >= 0 && result != need) {
            return Integer.MAX_VALUE;
        }
        if (phase == CLOSED) {
            return result == (hasA ? 1 : 0) ? 0 : Integer.MAX_VALUE;
        }
        if (result == 0 && hasA) {
            return Integer.MAX_VALUE;
        }
        int cut = phase > CLOSED ? BYTES_LEFT[phase - CLOSED] : 0;
        int done = count + (cut > 0 ? 1 : 0);
        int missing = Math.max(Math.max(0, min - done), result == 1 && !hasA ? 1 : 0);
        return done + missing > max ? Integer.MAX_VALUE : missing + cut + 1 + (phase == OPEN ? 1 : 0);
    }

    @Override
    public TextView textView() {
        return this;
    }

    @Override
    public int plainTextBound() {
        return phase == INSIDE && need < 0 ? max - count : -1;
    }
}
