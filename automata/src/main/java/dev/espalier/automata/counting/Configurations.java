// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.counting;

import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/**
 * A set of configurations of a {@link CountingAutomaton} under construction. Each stands for all that it reads with any numbers of its
 * intervals, so that one that another includes adds nothing, and two that differ in one interval are one if these overlap or touch. A
 * symbolic one includes others only if it costs no more. One thread.
 */
@FastPath(oracle = "CountingAutomatonTest")
final class Configurations {

    private static final int FEW = 16;

    private final int costs;
    private int[][] all = new int[8][];
    private int size;

    /** An empty set of configurations with so many costs each; 0 if they are not symbolic. */
    Configurations(int costs) {
        this.costs = costs;
    }

    /** Adds a configuration: its place, its costs, then needed and possible iterations of each counter. Kept as it is. */
    void add(int[] configuration) {
        if (size == all.length) {
            all = Arrays.copyOf(all, 2 * size);
        }
        all[size++] = configuration;
    }

    /** How many were added. */
    int size() {
        return size;
    }

    /** The set without what is superfluous, in order, one after the other. */
    int[] toArray() {
        if (size == 1) {
            return all[0];
        }
        sort(0, size);
        int kept = 0;
        int first = 0;
        for (int i = 0; i < size; i++) {
            if (first < kept && all[first][0] != all[i][0]) {
                sort(first, kept);
                first = kept;
            }
            kept = include(all[i], first, kept);
        }
        sort(first, kept);
        size = kept;
        return joined();
    }

    private int[] joined() {
        int length = 0;
        for (int i = 0; i < size; i++) {
            length += all[i].length;
        }
        int[] joined = new int[length];
        int at = 0;
        for (int i = 0; i < size; i++) {
            System.arraycopy(all[i], 0, joined, at, all[i].length);
            at += all[i].length;
        }
        return joined;
    }

    private void sort(int from, int to) {
        if (to - from > FEW) {
            Arrays.sort(all, from, to, Arrays::compare);
            return;
        }
        for (int i = from + 1; i < to; i++) {
            int[] one = all[i];
            int at = i;
            while (at > from && Arrays.compare(all[at - 1], one) > 0) {
                all[at] = all[at - 1];
                at--;
            }
            all[at] = one;
        }
    }

    /** Of configurations that are places and costs alone, the costs that are not more than others in all, one after the other. */
    int[] least() {
        for (int i = 0; i < size; i++) {
            all[i][0] = 0;
        }
        int[] joined = toArray();
        int[] least = new int[joined.length / (1 + costs) * costs];
        for (int i = 0; i * costs < least.length; i++) {
            System.arraycopy(joined, i * (1 + costs) + 1, least, i * costs, costs);
        }
        return least;
    }

    /** Includes a configuration in those from one to another, which are of its place; where they end then. */
    private int include(int[] added, int from, int to) {
        int[] one = added;
        int end = to;
        int i = from;
        while (i < end) {
            int[] other = all[i];
            boolean costSame = costSame(one, other);
            if (costSame ? includesCounts(other, one) : costsNoMore(other, one) && includesCounts(other, one)) {
                return end;
            }
            // What comes later in order costs no less in all.
            int apart = !costSame ? -1 : includesCounts(one, other) ? 0 : onlyDifference(one, other);
            if (apart < 0) {
                i++;
                continue;
            }
            if (apart > 0) {
                int[] union = one.clone();
                union[apart] = Math.min(one[apart], other[apart]);
                union[apart + 1] = Math.max(one[apart + 1], other[apart + 1]);
                one = union;
            }
            end--;
            System.arraycopy(all, i + 1, all, i, end - i);
            i = apart > 0 ? from : i;
        }
        all[end] = one;
        return end + 1;
    }

    private boolean costSame(int[] a, int[] b) {
        for (int i = costs; i > 0; i--) {
            if (a[i] != b[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean costsNoMore(int[] a, int[] b) {
        for (int i = costs; i > 0; i--) {
            if (a[i] > b[i]) {
                return false;
            }
        }
        return true;
    }

    /** That less is needed is more. An open number is below all others: costs that are no more say that no more is needed then. */
    private boolean includesCounts(int[] a, int[] b) {
        for (int i = 1 + costs; i < a.length; i += 2) {
            boolean isOpen = isOpen(b[i + 1]) && a[i + 1] != CountingAutomaton.UNLIMITED;
            if (a[i] > b[i] || (isOpen ? a[i + 1] != b[i + 1] : a[i + 1] < b[i + 1])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOpen(int number) {
        return number == CountingAutomaton.OPEN;
    }

    /** Where the only interval begins that differs, if the two overlap or touch; else -1. */
    private int onlyDifference(int[] a, int[] b) {
        int found = -1;
        for (int i = 1 + costs; i < a.length; i += 2) {
            if (a[i] != b[i] || a[i + 1] != b[i + 1]) {
                boolean isOpen = isOpen(a[i]) || isOpen(b[i]) || isOpen(a[i + 1]) || isOpen(b[i + 1]);
                if (found >= 0 || isOpen || Math.max(a[i], b[i]) > 1L + Math.min(a[i + 1], b[i + 1])) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }
}
