// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.State;
import dev.espalier.schemas.state.EndState;
import dev.espalier.schemas.state.SchemaState;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A state inside the exponent of a number. However long it is, only the powers that {@link PowerRuns} distinguishes are counted.
 *
 * @param runs what follows from the powers; once the sign is read, of their magnitudes
 * @param part how far the text is
 * @param power the digits read, as a number; 0 before
 */
public record PowerState(DecimalSide side, PowerRuns runs, Part part, long power) implements SchemaState {

    /** Parts of an exponent. */
    enum Part {
        /** After the {@code e}. */
        SIGN,
        /** After its sign. */
        FIRST,
        /** After a digit. */
        DIGITS
    }

    /** The state after {@code e}; null if no result follows from any power. */
    static @Nullable State enter(DecimalSide side, PowerRuns runs) {
        return after(side, runs, Part.SIGN, 0);
    }

    private static @Nullable State after(DecimalSide side, PowerRuns runs, Part part, long power) {
        long last = runs.first(runs.size() - 1);
        boolean settled = runs.size() == 1 || (part == Part.DIGITS && power >= last);
        if (settled) {
            int result = runs.result(runs.size() - 1);
            return result < 0
                    ? null
                    : side.settled(result, part == Part.SIGN ? "1e" : part == Part.FIRST ? "1e-" : "1e1");
        }
        PowerState next = new PowerState(side, runs, part, power);
        return next.goal().length > 0 ? next : null;
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (!mayRead(symbol)) {
            return;
        }
        State next;
        if (symbol == '+' || symbol == '-') {
            next = after(side, runs.half(symbol == '-'), Part.FIRST, 0);
        } else {
            PowerRuns half = part == Part.SIGN ? runs.half(false) : runs;
            long most = half.first(half.size() - 1);
            next = after(side, half, Part.DIGITS, Math.min(power * 10 + symbol - '0', most));
        }
        if (next != null) {
            moves.stay(next);
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        return (symbol >= '0' && symbol <= '9') || (part == Part.SIGN && (symbol == '+' || symbol == '-'));
    }

    @Override
    public int[] results() {
        int result = part == Part.DIGITS ? runs.at(power) : -1;
        return result < 0 ? NO_RESULTS : EndState.of(result).results();
    }

    @Override
    public void resume(int result, Moves moves) {}

    @Override
    public int[] goal() {
        Set<Integer> all = new TreeSet<>();
        for (int run = 0; run < runs.size(); run++) {
            if (runs.result(run) >= 0 && toRun(run) < Integer.MAX_VALUE) {
                all.add(runs.result(run));
            }
        }
        return all.stream().mapToInt(i -> i).toArray();
    }

    @Override
    public int distance(int result) {
        int best = Integer.MAX_VALUE;
        for (int run = 0; run < runs.size(); run++) {
            best = runs.result(run) == result ? Math.min(best, toRun(run)) : best;
        }
        return best;
    }

    /** The least number of bytes until the power is in a run. */
    private int toRun(int run) {
        long first = runs.first(run);
        long last = runs.last(run);
        if (part != Part.DIGITS) {
            int positive = last < 0 ? Integer.MAX_VALUE : digits(Math.max(first, 0));
            int negative = first > 0 ? Integer.MAX_VALUE : 1 + digits(Math.max(-last, 0));
            return Math.min(positive, part == Part.SIGN ? negative : Integer.MAX_VALUE);
        }
        long low = power;
        long high = power;
        for (int more = 0; low <= last; more++) {
            if (high >= first) {
                return more;
            }
            low *= 10;
            high = high * 10 + 9;
        }
        return Integer.MAX_VALUE;
    }

    /** The digits of a number that is not negative. */
    static int digits(long number) {
        return Long.toString(number).length();
    }
}
