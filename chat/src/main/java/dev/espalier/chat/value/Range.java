// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.Iterator;
import java.util.stream.IntStream;

/** An arithmetic progression of integers. */
public record Range(long start, long stop, long step) implements Indexed {

    /** The most elements that a range may have. */
    public static final int LONGEST = 100_000;

    /** Checks step and length. */
    public Range {
        if (step == 0) {
            throw Fault.value("range() arg 3 must not be zero");
        }
        if (length(start, stop, step) > LONGEST) {
            throw Fault.value("a range of more than " + LONGEST + " elements");
        }
    }

    private static long length(long start, long stop, long step) {
        long way = step > 0 ? stop - start : start - stop;
        return way <= 0 ? 0 : (way - 1) / Math.abs(step) + 1;
    }

    @Override
    public String type() {
        return "range";
    }

    @Override
    public int size() {
        return (int) length(start, stop, step);
    }

    @Override
    public Value at(int index) {
        return Int.of(start + index * step);
    }

    @Override
    public Iterator<Value> iterator() {
        return IntStream.range(0, size()).mapToObj(this::at).iterator();
    }

    @Override
    public void represent(TextBuilder out) {
        out.append("range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Range range
                && size() == range.size()
                && (size() == 0 || (start == range.start && (size() == 1 || step == range.step)));
    }

    @Override
    public int hashCode() {
        return size() == 0 ? 0 : Long.hashCode(start);
    }
}
