package dev.espalier.schemas;

import dev.espalier.grammar.WorkMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A row of tables, each made of the one before. All are kept while there is memory; then every second one is forgotten, again and
 * again, and what was forgotten is made anew from the last one before it that is kept. Not thread-safe.
 */
final class LengthTables {

    /** Numbers of a table that cost about a unit of work to make. */
    private static final int NUMBERS_A_UNIT = 32;

    /** Tables that are at hand whatever memory there is; at most as many as are kept, otherwise. */
    private static final int LEAST_RECENT = 16;

    /** Memory that several rows share. */
    interface Memory {

        /** Takes so many bytes; false if there are not so many. */
        boolean take(long bytes);

        /** Gives back so many bytes. */
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

    /**
     * A row.
     *
     * @param table its first table
     * @param next makes the table behind one
     * @param memory for what is kept
     */
    LengthTables(int[] table, UnaryOperator<int[]> next, Memory memory) {
        this.next = next;
        this.memory = memory;
        kept.add(table);
    }

    /** A table by its number. Cost: constant, or linear in the tables between it and one that is known. */
    int[] at(int number) {
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

    private int[] made(int[] from, int number, int to) {
        int[] table = from;
        recent.clear();
        WorkMeter meter = WorkMeter.running();
        for (int at = number + 1; at <= to; at++) {
            if (meter != null) {
                meter.spend(1 + table.length / NUMBERS_A_UNIT);
            }
            table = next.apply(table);
            keep(at, table);
            if (stride > 1) {
                addRecent(at, table);
            }
        }
        return table;
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
