// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.WorkMeter;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of tables, each computed from the one before as in shortest paths (min-plus): adding a number to all of one table adds it
 * to all of the next. So the sequence repeats, shifted, once a table equals an earlier one plus a number; later tables are never made.
 * All tables are kept while there is memory; then every second one is forgotten, again and again, and what was forgotten is made anew
 * from the last one before it that is kept. Not thread-safe.
 *
 * <p>The table to compare with moves ahead as in Brent, "An improved Monte Carlo factorization algorithm" (1980).
 */
@FastPath(oracle = "LengthTablesTest")
public final class LengthTables {

    /** Numbers of a table that cost about a unit of work to make. */
    private static final int NUMBERS_A_UNIT = 32;

    /** The cost of a table beside its numbers, in numbers. */
    private static final int TABLE = 4;

    /** The number of recent tables that are kept whatever memory there is. */
    private static final int LEAST_RECENT = 16;

    /** Numbers from here on may have met their bound on the way, and are not compared. */
    private static final int LARGE = 1 << 29;

    /** Memory that several rows share. */
    public interface Memory {

        /** Takes a number of bytes; false if they are not available. */
        boolean take(long bytes);

        /** Gives back a number of bytes. */
        void give(long bytes);
    }

    private final UnaryOperator<int[]> next;
    private final Memory memory;
    /** The table of number {@code i * stride} at i. */
    private final List<int[]> kept = new ArrayList<>();

    private int stride = 1;
    /** The tables made last, of numbers from {@code first} on. */
    private final List<int[]> recent = new ArrayList<>();

    private int first;

    /** The table that later ones are compared with, and its number. */
    private int[] anchor;

    private int anchorNumber;
    /** The period: from the anchor on, the table that many places later is higher by a constant; 0 while unknown. */
    private int period;

    private long gain;
    private int uncounted;

    /**
     * A row.
     *
     * @param table its first table; {@link Integer#MAX_VALUE} stands for never
     * @param next makes the table after one; what is added to all numbers of the one, never apart, is added to all of the other
     * @param memory for what is kept
     */
    LengthTables(int[] table, UnaryOperator<int[]> next, Memory memory) {
        this.next = next;
        this.memory = memory;
        this.anchor = table;
        kept.add(table);
    }

    /**
     * An entry of a table. Cost: constant, or linear in the tables between it and one that is known. Stops short of {@link
     * Integer#MAX_VALUE}, which stands for never.
     */
    int at(int number, int index) {
        int[] table = period == 0 ? made(number) : null;
        if (table != null) {
            return table[index];
        }
        long times = Math.max(0, (number - anchorNumber) / period);
        int[] like = made((int) (number - times * period));
        return like == null || like[index] == Integer.MAX_VALUE
                ? Integer.MAX_VALUE
                : (int) Math.min(like[index] + times * gain, Integer.MAX_VALUE - 1L);
    }

    /** A table; null if the row was seen to repeat itself on the way to it. */
    private int @Nullable [] made(int number) {
        if (number % stride == 0 && number / stride < kept.size()) {
            return kept.get(number / stride);
        }
        int last = number - first;
        if (last >= 0 && last < recent.size()) {
            return recent.get(last);
        }
        int from = Math.min(number / stride, kept.size() - 1);
        return made(kept.get(from), from * stride, number);
    }

    private int @Nullable [] made(int[] from, int number, int to) {
        int[] table = from;
        recent.clear();
        for (int at = number + 1; at <= to; at++) {
            count(table.length);
            table = next.apply(table);
            keep(at, table);
            if (stride > 1) {
                addRecent(at, table);
            }
            if (period == 0 && at > anchorNumber && compare(at, table)) {
                return null;
            }
        }
        return table;
    }

    private void count(int numbers) {
        uncounted += TABLE + numbers;
        WorkMeter meter = WorkMeter.running();
        if (meter != null && uncounted >= NUMBERS_A_UNIT) {
            meter.spend(uncounted / NUMBERS_A_UNIT);
        }
        uncounted %= NUMBERS_A_UNIT;
    }

    /** Whether a table is the anchor with a number added to all that is not never. */
    private boolean compare(int number, int[] table) {
        long more = 0;
        boolean isFirst = true;
        boolean isLike = true;
        for (int i = 0; i < table.length && isLike; i++) {
            boolean isNever = anchor[i] == Integer.MAX_VALUE;
            isLike = isNever == (table[i] == Integer.MAX_VALUE);
            if (isLike && !isNever) {
                more = isFirst ? (long) table[i] - anchor[i] : more;
                isFirst = false;
                isLike = table[i] < LARGE && (long) table[i] - anchor[i] == more;
            }
        }
        if (isLike) {
            period = number - anchorNumber;
            gain = more;
        } else if (number > 2 * anchorNumber) {
            anchor = table;
            anchorNumber = number;
        }
        return isLike;
    }

    private void addRecent(int number, int[] table) {
        if (recent.size() >= Math.max(LEAST_RECENT, kept.size())) {
            recent.clear();
        }
        first = recent.isEmpty() ? number : first;
        recent.add(table);
    }

    private void keep(int number, int[] table) {
        long bytes = 4L * table.length;
        while (number == (long) kept.size() * stride) {
            if (memory.take(bytes)) {
                kept.add(table);
                return;
            }
            if (kept.size() == 1) {
                return; // it is made anew each time
            }
            thinOut(bytes);
        }
    }

    private void thinOut(long bytes) {
        int before = kept.size();
        for (int i = 1; 2 * i < before; i++) {
            kept.set(i, kept.get(2 * i));
        }
        int left = (before + 1) / 2;
        kept.subList(left, before).clear();
        memory.give(bytes * (before - left));
        stride *= 2;
    }
}
