// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.schemas.json.ReadNumber;
import dev.espalier.schemas.work.Deadline;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@link NumberValues} of a language that is decided by arithmetic, or of all numbers: to leave a number out is one more test
 * ({@link DecimalSide#without}), so that what is left is decided by arithmetic, too, in whatever spelling.
 */
final class DecimalValues implements NumberValues {

    /** Numbers of more zeros or digits are left out only once they come up: there is hardly ever nothing shorter. */
    private static final int SHORT = 60;

    private static final int LONG = 1 << 28;

    private final DecimalSide side;
    private final String text;
    private final int result;
    private final Set<ReadNumber> without;
    private final Deadline deadline;
    private final Set<BigDecimal> left = new HashSet<>();
    /** Beginnings of the shortest numbers that are left, the next one on top. */
    private final Deque<Beginning> open = new ArrayDeque<>();

    /** A beginning that so many more bytes complete. */
    private record Beginning(State state, String rest, int more) {}

    /** The numbers of a side that begin with a text. */
    DecimalValues(DecimalSide side, String text, int result, Set<ReadNumber> without, Deadline deadline) {
        this.side = side;
        this.text = text;
        this.result = result;
        this.without = without;
        this.deadline = deadline;
        for (ReadNumber number : without) {
            BigDecimal decimal = number.decimal(SHORT);
            if (decimal != null && (number.isZero() || number.negative() == text.startsWith("-"))) {
                left.add(decimal.abs());
            }
        }
    }

    /** The side that a state in a number is of; null for one of a table, unless that has all numbers. */
    static @Nullable DecimalSide side(State state, boolean negative, Limits limits) {
        if (state instanceof DecimalState at) {
            return at.side();
        } else if (state instanceof PowerState at) {
            return at.side();
        } else if (state instanceof SignState at) {
            return at.side();
        }
        NumberAutomaton table = ((NumberState) state).automaton();
        int only = table.reach().size() == 1 ? table.reach().result(0) : -1;
        for (boolean exponents : new boolean[] {true, false}) {
            if (only >= 0 && table.equals(NumberTable.free(only, exponents))) {
                int fraction = DigitBounds.NONE.fraction();
                return DecimalSide.of(List.of(), holds -> only, negative, exponents, fraction, limits);
            }
        }
        return null;
    }

    @Override
    public @Nullable Found next() {
        while (!open.isEmpty() || hasMore()) {
            deadline.tick();
            Beginning from = open.pop();
            if (from.more > 0) {
                expand(from);
                continue;
            }
            ReadNumber value = ReadNumber.of(text + from.rest);
            BigDecimal decimal = value.decimal(LONG);
            // two texts of one length can be of one number, such as 100 and 1e2
            boolean isNew = left.add(Objects.requireNonNull(decimal, "the shortest number is short")
                    .abs());
            if (isNew && !without.contains(value)) {
                return new Found(from.rest, value);
            }
        }
        return null;
    }

    /** Opens the shortest numbers of those that are left; whether there are any. */
    private boolean hasMore() {
        deadline.spend(1 + left.size());
        DecimalSide some = side.without(left);
        if (some != side) {
            some.keep(deadline); // nobody else knows of it
        }
        State at = new SignState(some, null);
        for (int i = text.startsWith("-") ? 1 : 0; i < text.length() && at != null; i++) {
            at = TextValues.after(at, text.charAt(i));
        }
        int distance = at == null ? Integer.MAX_VALUE : at.distance(result);
        if (at == null || distance == Integer.MAX_VALUE) {
            return false;
        }
        open.push(new Beginning(at, "", distance));
        return true;
    }

    private void expand(Beginning from) {
        deadline.spend(SYMBOLS.length());
        for (int i = SYMBOLS.length() - 1; i >= 0; i--) {
            State next = TextValues.after(from.state, SYMBOLS.charAt(i));
            if (next != null && next.distance(result) < from.more) {
                open.push(new Beginning(next, from.rest + SYMBOLS.charAt(i), from.more - 1));
            }
        }
    }
}
