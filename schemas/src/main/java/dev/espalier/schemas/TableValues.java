package dev.espalier.schemas;

import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@link NumberValues} of a table, by best-first search (A*) over texts. Of two beginnings in one row that every text makes one
 * number, one is looked at, so that the search has an end where the numbers have.
 */
final class TableValues implements NumberValues {

    private final NumberAutomaton table;
    private final String text;
    private final int result;
    private final Set<ReadNumber> known;
    private final Deadline deadline;
    private final PriorityQueue<Beginning> open = new PriorityQueue<>();
    private final Set<Object> seen = new HashSet<>();

    /** A text so far, and its length with what must still follow. */
    private record Beginning(int row, String rest, int bound) implements Comparable<Beginning> {
        @Override
        public int compareTo(Beginning other) {
            return bound != other.bound
                    ? Integer.compare(bound, other.bound)
                    : rest.length() != other.rest.length()
                            ? Integer.compare(other.rest.length(), rest.length())
                            : rest.compareTo(other.rest);
        }
    }

    /** Where beginnings are alike: the row, and what was read as far as it counts. */
    private record Alike(int row, String read) {}

    /** The numbers from a row on, with a text that led to it. */
    TableValues(NumberState from, String text, int result, Set<ReadNumber> without, Deadline deadline) {
        this.table = from.automaton();
        this.text = text;
        this.result = result;
        this.known = new HashSet<>(without);
        this.deadline = deadline;
        add(from.row(), "");
    }

    private void add(int row, String rest) {
        int distance = row < 0 ? Integer.MAX_VALUE : table.reach(row).to(result);
        if (distance < Integer.MAX_VALUE && seen.add(new Alike(row, read(row, text + rest)))) {
            open.add(new Beginning(row, rest, rest.length() + distance));
        }
    }

    @Override
    public @Nullable Found next() {
        while (!open.isEmpty()) {
            deadline.tick();
            Beginning best = open.remove();
            for (int i = 0; i < SYMBOLS.length(); i++) {
                add(table.next(best.row, SYMBOLS.charAt(i)), best.rest + SYMBOLS.charAt(i));
            }
            if (table.outcome(best.row) == result) {
                ReadNumber value = ReadNumber.of(text + best.rest);
                if (known.add(value)) {
                    return new Found(best.rest, value);
                }
            }
        }
        return null;
    }

    /** What counts of a text: of one that leads to zeros alone only its value, of an exponent not how its zeros are written. */
    private String read(int row, String whole) {
        int e = whole.indexOf('e') < 0 ? whole.indexOf('E') : whole.indexOf('e');
        if (e < 0) {
            boolean isFraction = whole.indexOf('.') >= 0 && !whole.endsWith(".");
            return isFraction && !canGrow(row) ? "=" + ReadNumber.of(whole).canonical() : whole;
        }
        String mantissa = ReadNumber.of(whole.substring(0, e)).canonical();
        String power = whole.substring(e + 1);
        String sign = power.startsWith("-") ? "-" : "";
        return mantissa.equals("0") ? mantissa : mantissa + "e" + sign + power.replaceFirst("^[+-]?0*", "");
    }

    /** Whether another digit than zero may follow, after zeros, and the result after it. */
    private boolean canGrow(int row) {
        Set<Integer> zeros = new HashSet<>();
        for (int at = row; at >= 0 && zeros.add(at); at = table.next(at, '0')) {
            for (int digit = '1'; digit <= '9'; digit++) {
                int next = table.next(at, digit);
                if (next >= 0 && table.reach(next).to(result) < Integer.MAX_VALUE) {
                    return true;
                }
            }
        }
        return false;
    }
}
