package dev.espalier.schemas;

import dev.espalier.automata.State;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * In a number, before any exponent, where its value is decided by arithmetic and not by a table. Its idea is that of
 * {@link DecimalReach}.
 */
final class DecimalState implements State {

    /** Parts of a number. */
    enum Part {
        /** After a zero before the point. */
        ZERO,
        /** After another digit before the point. */
        WHOLE,
        /** After the point. */
        POINT,
        /** After a digit behind the point. */
        FRACTION
    }

    private final DecimalReach reach;
    private final int[] goal;

    private DecimalState(DecimalReach reach, int[] goal) {
        this.reach = reach;
        this.goal = goal;
    }

    /** Offers the state after the first digit, if it is alive. */
    static void first(DecimalSide side, int digit, Moves moves) {
        DigitsRead none = DigitsRead.none(side);
        offer(side, none.then(digit, false, side), digit == 0 ? Part.ZERO : Part.WHOLE, side.results(), moves);
    }

    private static void offer(DecimalSide side, DigitsRead digits, Part part, int[] wanted, Moves moves) {
        int settled = settled(side, digits, part);
        if (settled >= 0) {
            String text = part == Part.ZERO ? "0" : part == Part.WHOLE ? "1" : part == Part.POINT ? "1." : "1.1";
            moves.stay(side.settled(settled, text));
            return;
        }
        DecimalReach reach = new DecimalReach(side, digits, part);
        int[] goal = Arrays.stream(wanted).filter(reach::isLive).toArray();
        if (goal.length > 0) {
            moves.stay(new DecimalState(reach, goal.length == wanted.length ? wanted : goal));
        }
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
        Part part = reach.part();
        DigitsRead digits = reach.digits();
        switch (symbol) {
            case '.' -> offer(reach.side(), digits, Part.POINT, goal, moves);
            case 'e', 'E' -> PowerState.enter(reach.side(), reach.runs(false), moves);
            default -> {
                boolean behind = part != Part.WHOLE;
                DigitsRead next = digits.then(symbol - '0', behind, reach.side());
                offer(reach.side(), next, behind ? Part.FRACTION : Part.WHOLE, goal, moves);
            }
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        Part part = reach.part();
        return switch (symbol) {
            case '.' -> part == Part.ZERO || part == Part.WHOLE;
            case 'e', 'E' -> part != Part.POINT && reach.side().exponents();
            default -> symbol >= '0' && symbol <= '9' && part != Part.ZERO;
        };
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
        return other instanceof DecimalState that && reach.equals(that.reach);
    }

    @Override
    public int hashCode() {
        return reach.hashCode();
    }
}
