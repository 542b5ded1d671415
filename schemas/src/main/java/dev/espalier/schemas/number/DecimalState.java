// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.state.EndState;
import dev.espalier.schemas.state.SchemaState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A state inside a number before any exponent, whose value is decided by arithmetic and not by a table. See {@link DecimalReach}. */
@FastPath(oracle = "DecimalLanguageTest")
public final class DecimalState implements SchemaState {

    /** Parts of a number. */
    enum Part {
        /** After a zero before the point. */
        ZERO,
        /** After another digit before the point. */
        WHOLE,
        /** After the point. */
        POINT,
        /** After a digit of the fraction. */
        FRACTION
    }

    private static final int COLUMNS = 12;
    private static final ByteSet NOT_DIGITS = ByteSet.of(symbol -> symbol == '.' || symbol == 'e' || symbol == 'E');
    private static final State UNKNOWN = new EndState(-1);
    private static final State DEAD = new EndState(-2);

    private final DecimalReach reach;
    private final int[] goal;
    /** By symbol, the next state if it was asked for; empty if this state is not cached by its side. */
    private final State[] next;

    private DecimalState(DecimalReach reach, int[] goal, boolean remembered) {
        this.reach = reach;
        this.goal = goal;
        this.next = new State[remembered ? COLUMNS : 0];
        Arrays.fill(next, UNKNOWN);
    }

    /** Offers the state after the first digit, if it is alive. */
    static void first(DecimalSide side, int digit, Moves moves) {
        DigitsRead none = DigitsRead.none(side);
        State first = after(side, none.then(digit, false, side), digit == 0 ? Part.ZERO : Part.WHOLE, side.results());
        if (first != DEAD) {
            moves.stay(first);
        }
    }

    /** The state after some digits; {@link #DEAD} if nothing can follow. */
    private static State after(DecimalSide side, DigitsRead digits, Part part, int[] wanted) {
        int settled = settled(side, digits, part);
        if (settled >= 0) {
            String text = part == Part.ZERO ? "0" : part == Part.WHOLE ? "1" : part == Part.POINT ? "1." : "1.1";
            return side.settled(settled, text);
        }
        DecimalReach reach = new DecimalReach(side, digits, part);
        DecimalState known = side.states().get(reach);
        if (known != null) {
            return known;
        }
        int[] goal = Arrays.stream(wanted).filter(reach::isLive).toArray();
        if (goal.length == 0) {
            return DEAD;
        }
        boolean remembered = side.states().size() < DecimalSide.MAX_STATES;
        DecimalState state = new DecimalState(reach, goal.length == wanted.length ? wanted : goal, remembered);
        DecimalState other = remembered ? side.states().putIfAbsent(reach, state) : null;
        return other == null ? state : other;
    }

    /** The result that all that may follow has; -1 if that is not known. */
    private static int settled(DecimalSide side, DigitsRead digits, Part part) {
        int constant = side.constant();
        if (digits.isZero()) {
            boolean same = side.zero(false) == constant && (part != Part.ZERO || side.zero(true) == constant);
            return same ? constant : -1;
        }
        boolean fraction = part == Part.FRACTION && !side.exponents() && digits.isBetweenWords();
        if (constant < 0 && fraction && side.multiples().lowest() > digits.zeros() - digits.behind()) {
            return side.inGap(false, side.gap(digits.order(), digits.from()))[0];
        }
        return constant;
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (!mayRead(symbol)) {
            return;
        }
        int column = symbol == '.' ? 10 : symbol == 'e' || symbol == 'E' ? 11 : symbol - '0';
        // whoever writes here writes an equal state, and all of a state's fields are final: a race is harmless
        State after = next.length == 0 ? UNKNOWN : next[column];
        if (after == UNKNOWN) {
            after = after(symbol);
            if (next.length > 0 && isKept(after)) {
                next[column] = after;
            }
        }
        if (after != DEAD) {
            moves.stay(after);
        }
    }

    /** Whether a state may be held on to: a chain of states that nobody remembers has no end. */
    private static boolean isKept(State state) {
        return !(state instanceof DecimalState decimal) || decimal.next.length > 0;
    }

    private State after(int symbol) {
        DigitsRead digits = reach.digits();
        switch (symbol) {
            case '.' -> {
                return after(reach.side(), digits, Part.POINT, goal);
            }
            case 'e', 'E' -> {
                State power = PowerState.enter(reach.side(), reach.runs(false));
                return power == null ? DEAD : power;
            }
            default -> {
                boolean behind = reach.part() != Part.WHOLE;
                DigitsRead longer = digits.then(symbol - '0', behind, reach.side());
                return after(reach.side(), longer, behind ? Part.FRACTION : Part.WHOLE, goal);
            }
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        Part part = reach.part();
        return switch (symbol) {
            case '.' -> part == Part.ZERO || part == Part.WHOLE;
            case 'e', 'E' -> part != Part.POINT && reach.side().exponents();
            default ->
                symbol >= '0'
                        && symbol <= '9'
                        && part != Part.ZERO
                        && (part == Part.WHOLE
                                || reach.digits().behind() < reach.side().fraction());
        };
    }

    /** Without bounds, any more digits before the point are live: each result that can be reached from here can be from there. */
    @Override
    public @Nullable Family family() {
        boolean isFree = reach.part() == Part.WHOLE && reach.side().marks().length == 0;
        return isFree ? new Family.Keeping(FreeDigits.NONE, NOT_DIGITS, ByteSet.NONE) : null;
    }

    /** Any digits, as an inner state. */
    private enum FreeDigits implements SchemaState {
        NONE(NO_RESULTS),
        SOME(RESULT_ZERO);

        private final int[] results;

        FreeDigits(int[] results) {
            this.results = results;
        }

        @Override
        public void moves(int symbol, Moves moves) {
            if (mayRead(symbol)) {
                moves.stay(SOME);
            }
        }

        @Override
        public boolean mayRead(int symbol) {
            return symbol >= '0' && symbol <= '9';
        }

        @Override
        public int[] results() {
            return results;
        }

        @Override
        public void resume(int result, Moves moves) {}

        @Override
        public int distance(int result) {
            return result != 0 ? Integer.MAX_VALUE : this == SOME ? 0 : 1;
        }

        @Override
        public Object sharedKey(Horizon horizon) {
            return this;
        }
    }

    /** The numbers of the sign that was read. */
    DecimalSide side() {
        return reach.side();
    }

    @Override
    public int[] results() {
        int result = reach.now();
        return result < 0 ? NO_RESULTS : EndState.of(result).results();
    }

    @Override
    public void resume(int result, Moves moves) {}

    @Override
    public int[] goal() {
        return goal;
    }

    @Override
    public int distance(int result) {
        return Arrays.binarySearch(goal, result) < 0 ? Integer.MAX_VALUE : reach.distance(result);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof DecimalState that && reach.equals(that.reach);
    }

    @Override
    public int hashCode() {
        return reach.hashCode();
    }
}
