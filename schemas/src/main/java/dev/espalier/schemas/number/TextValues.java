// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.State;
import dev.espalier.schemas.json.ReadNumber;
import dev.espalier.schemas.work.Deadline;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@link NumberValues} from a state of a table, or after the sign of an exponent, by best-first search (A*) over texts. Of two
 * beginnings in one state that every text makes one number, one is looked at, so that the search has an end where the numbers have.
 */
final class TextValues implements NumberValues {

    private final String text;
    private final int result;
    private final Set<ReadNumber> known;
    private final Deadline deadline;
    private final PriorityQueue<Beginning> open = new PriorityQueue<>();
    private final Set<Object> seen = new HashSet<>();

    /** A text so far, and its length with what must still follow. */
    private record Beginning(State state, String rest, int bound) implements Comparable<Beginning> {
        @Override
        public int compareTo(Beginning other) {
            return bound != other.bound
                    ? Integer.compare(bound, other.bound)
                    : rest.length() != other.rest.length()
                            ? Integer.compare(other.rest.length(), rest.length())
                            : rest.compareTo(other.rest);
        }
    }

    /** What equivalent beginnings share: the state, and what was read as far as it matters. */
    private record Alike(State state, String read) {}

    /** The numbers from a state on, with a text that led to it. */
    TextValues(State from, String text, int result, Set<ReadNumber> without, Deadline deadline) {
        this.text = text;
        this.result = result;
        this.known = new HashSet<>(without);
        this.deadline = deadline;
        add(from, "");
    }

    private void add(@Nullable State state, String rest) {
        int distance = state == null ? Integer.MAX_VALUE : state.distance(result);
        if (state != null && distance < Integer.MAX_VALUE && seen.add(new Alike(state, read(state, text + rest)))) {
            open.add(new Beginning(state, rest, rest.length() + distance));
        }
    }

    /** The state in a number after a symbol; null if there is none. */
    static @Nullable State after(State from, int symbol) {
        Only only = new Only();
        from.moves(symbol, only);
        return only.next;
    }

    private static final class Only implements State.Moves {
        private @Nullable State next;

        @Override
        public void stay(State state) {
            next = state;
        }

        @Override
        public void push(State callee, State returnState) {
            throw new IllegalStateException("a number has no parts");
        }
    }

    @Override
    public @Nullable Found next() {
        while (!open.isEmpty()) {
            deadline.tick();
            Beginning best = open.remove();
            for (int i = 0; i < SYMBOLS.length(); i++) {
                add(after(best.state, SYMBOLS.charAt(i)), best.rest + SYMBOLS.charAt(i));
            }
            int[] results = best.state.results();
            if (results.length > 0 && results[0] == result) {
                ReadNumber value = ReadNumber.of(text + best.rest);
                if (known.add(value)) {
                    return new Found(best.rest, value);
                }
            }
        }
        return null;
    }

    /**
     * The part of a text that matters: of one that leads to zeros alone only its value, of an exponent not how its zeros are written.
     */
    private String read(State state, String whole) {
        int e = whole.indexOf('e') < 0 ? whole.indexOf('E') : whole.indexOf('e');
        if (e < 0) {
            boolean isFraction = whole.indexOf('.') >= 0 && !whole.endsWith(".");
            return isFraction && !canGrow(state) ? "=" + ReadNumber.of(whole).canonical() : whole;
        }
        String mantissa = ReadNumber.of(whole.substring(0, e)).canonical();
        String power = whole.substring(e + 1);
        String sign = power.startsWith("-") ? "-" : "";
        return mantissa.equals("0") ? mantissa : mantissa + "e" + sign + power.replaceFirst("^[+-]?0*", "");
    }

    /** Whether another digit than zero may follow, after zeros, and the result after it. */
    private boolean canGrow(State from) {
        Set<State> zeros = new HashSet<>();
        for (State at = from; at != null && zeros.add(at); at = after(at, '0')) {
            for (int digit = '1'; digit <= '9'; digit++) {
                State next = after(at, digit);
                if (next != null && next.distance(result) < Integer.MAX_VALUE) {
                    return true;
                }
            }
        }
        return false;
    }
}
