// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import java.util.Arrays;

/**
 * An immutable set of Unicode scalar values (0 to 0x10FFFF without the surrogates), kept as sorted, disjoint,
 * non-adjacent ranges. Equality is by content. All operations are linear in the number of ranges.
 */
public final class CodePoints {

    /** The empty set. */
    public static final CodePoints NONE = new CodePoints(new int[0]);

    /** All 1,112,064 scalar values. */
    public static final CodePoints ALL = new CodePoints(new int[] {0, 0xD7FF, 0xE000, 0x10FFFF});

    private final int[] ranges;

    private CodePoints(int[] ranges) {
        this.ranges = ranges;
    }

    /** The set with one member, or none if it is a surrogate. */
    public static CodePoints of(int codePoint) {
        return range(codePoint, codePoint);
    }

    /** All scalar values between two code points, both included. Surrogates between them are left out. */
    public static CodePoints range(int first, int last) {
        return ofRanges(first, last);
    }

    /**
     * The union of ranges in any order.
     *
     * @param bounds first and last code point of each range in turn, both included; empty and overlapping ranges are
     *     allowed; values outside 0 to 0x10FFFF and surrogates are left out
     */
    public static CodePoints ofRanges(int... bounds) {
        long[] sorted = new long[bounds.length / 2];
        int count = 0;
        for (int i = 0; i + 1 < bounds.length; i += 2) {
            int first = Math.max(0, bounds[i]);
            int last = Math.min(0x10FFFF, bounds[i + 1]);
            if (first <= last) {
                sorted[count++] = ((long) first << 32) | last;
            }
        }
        Arrays.sort(sorted, 0, count);
        int[] merged = new int[2 * count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            int first = (int) (sorted[i] >>> 32);
            int last = (int) sorted[i];
            if (size > 0 && first <= merged[size - 1] + 1) {
                merged[size - 1] = Math.max(merged[size - 1], last);
            } else {
                merged[size++] = first;
                merged[size++] = last;
            }
        }
        return withoutSurrogates(Arrays.copyOf(merged, size));
    }

    private static CodePoints withoutSurrogates(int[] ranges) {
        int[] result = new int[ranges.length + 2];
        int size = 0;
        for (int i = 0; i < ranges.length; i += 2) {
            int first = ranges[i];
            int last = ranges[i + 1];
            if (first < 0xD800) {
                result[size++] = first;
                result[size++] = Math.min(last, 0xD7FF);
            }
            if (last > 0xDFFF) {
                result[size++] = Math.max(first, 0xE000);
                result[size++] = last;
            }
        }
        return size == 0 ? NONE : new CodePoints(Arrays.copyOf(result, size));
    }

    /** All scalar values that are not in this set. */
    public CodePoints complement() {
        return ALL.minus(this);
    }

    /** The members of either set. */
    public CodePoints union(CodePoints other) {
        int[] both = Arrays.copyOf(ranges, ranges.length + other.ranges.length);
        System.arraycopy(other.ranges, 0, both, ranges.length, other.ranges.length);
        return ofRanges(both);
    }

    /** The members of both sets. */
    public CodePoints intersect(CodePoints other) {
        int[] result = new int[ranges.length + other.ranges.length + 2];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < ranges.length && j < other.ranges.length) {
            int first = Math.max(ranges[i], other.ranges[j]);
            int last = Math.min(ranges[i + 1], other.ranges[j + 1]);
            if (first <= last) {
                result[size++] = first;
                result[size++] = last;
            }
            if (ranges[i + 1] < other.ranges[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return size == 0 ? NONE : new CodePoints(Arrays.copyOf(result, size));
    }

    /** The members of this set that are not in the other. */
    public CodePoints minus(CodePoints other) {
        int[] gaps = new int[other.ranges.length + 2];
        int size = 0;
        int next = 0;
        for (int i = 0; i < other.ranges.length; i += 2) {
            gaps[size++] = next;
            gaps[size++] = other.ranges[i] - 1;
            next = other.ranges[i + 1] + 1;
        }
        gaps[size++] = next;
        gaps[size] = 0x10FFFF;
        return intersect(ofRanges(gaps));
    }

    /** Whether a code point is a member. Logarithmic. */
    public boolean contains(int codePoint) {
        int low = 0;
        int high = ranges.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (codePoint < ranges[2 * middle]) {
                high = middle - 1;
            } else if (codePoint > ranges[2 * middle + 1]) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    /** Whether there is no member. */
    public boolean isEmpty() {
        return ranges.length == 0;
    }

    /** The number of ranges. */
    public int rangeCount() {
        return ranges.length / 2;
    }

    /** The first code point of a range. */
    public int first(int range) {
        return ranges[2 * range];
    }

    /** The last code point of a range. */
    public int last(int range) {
        return ranges[2 * range + 1];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodePoints points && Arrays.equals(ranges, points.ranges);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ranges);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < ranges.length; i += 2) {
            text.append(i == 0 ? "" : " ").append(Integer.toHexString(ranges[i]));
            if (ranges[i] != ranges[i + 1]) {
                text.append('-').append(Integer.toHexString(ranges[i + 1]));
            }
        }
        return text.append(']').toString();
    }
}
