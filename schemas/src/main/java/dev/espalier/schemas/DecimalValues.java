package dev.espalier.schemas;

import dev.espalier.automata.State;
import dev.espalier.grammar.Limits;
import java.math.BigDecimal;
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
                return DecimalSide.of(List.of(), holds -> only, negative, exponents, limits);
            }
        }
        return null;
    }

    @Override
    public @Nullable Found next() {
        while (true) {
            deadline.poll();
            Found found = shortest(side.without(left));
            if (found == null) {
                return null;
            }
            left.add(Objects.requireNonNull(found.value().decimal(LONG), "the shortest number is short")
                    .abs());
            if (!without.contains(found.value())) {
                return found;
            }
        }
    }

    private @Nullable Found shortest(DecimalSide some) {
        if (some != side) {
            some.keep(deadline); // nobody else knows of it
        }
        State at = new SignState(some, null);
        for (int i = text.startsWith("-") ? 1 : 0; i < text.length() && at != null; i++) {
            at = TextValues.after(at, text.charAt(i));
        }
        if (at == null || at.distance(result) == Integer.MAX_VALUE) {
            return null;
        }
        StringBuilder rest = new StringBuilder();
        for (int more = at.distance(result); more > 0; more--) {
            at = closer(at, more, rest);
        }
        return new Found(rest.toString(), ReadNumber.of(text + rest));
    }

    private State closer(State from, int distance, StringBuilder rest) {
        for (int i = 0; i < SYMBOLS.length(); i++) {
            State next = TextValues.after(from, SYMBOLS.charAt(i));
            if (next != null && next.distance(result) < distance) {
                rest.append(SYMBOLS.charAt(i));
                return next;
            }
        }
        throw new IllegalStateException("no way is as short as the distance");
    }
}
