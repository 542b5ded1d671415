// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.state;

import dev.espalier.automata.state.State;
import java.util.Arrays;
import java.util.SortedMap;

/** The results that can still be reached, each with the least number of bytes until then. Immutable. */
public final class Reach {

    /** No result at all. */
    public static final Reach NONE = new Reach(State.NO_RESULTS, State.NO_RESULTS);

    private final int[] results;
    private final int[] costs;

    private Reach(int[] results, int[] costs) {
        this.results = results;
        this.costs = costs;
    }

    /** One result. */
    public static Reach of(int result, int cost) {
        return new Reach(result == 0 ? State.RESULT_ZERO : new int[] {result}, new int[] {cost});
    }

    /** Results, ascending, with the bytes to each. */
    public static Reach of(SortedMap<Integer, Integer> costs) {
        return costs.isEmpty()
                ? NONE
                : new Reach(
                        costs.keySet().stream().mapToInt(i -> i).toArray(),
                        costs.values().stream().mapToInt(i -> i).toArray());
    }

    /** A sum of byte counts that stops short of "never". */
    public static int add(int cost, int more) {
        return (int) Math.min((long) cost + more, Integer.MAX_VALUE - 1L);
    }

    public boolean isEmpty() {
        return results.length == 0;
    }

    /** The number of results. */
    public int size() {
        return results.length;
    }

    /** The result at an index, in ascending order. */
    public int result(int index) {
        return results[index];
    }

    /** The bytes to the result at an index. */
    public int cost(int index) {
        return costs[index];
    }

    /** All results, ascending; shared. */
    public int[] results() {
        return results;
    }

    /** The bytes to a result; {@link Integer#MAX_VALUE} if it cannot be reached. */
    public int to(int result) {
        int at = Arrays.binarySearch(results, result);
        return at < 0 ? Integer.MAX_VALUE : costs[at];
    }

    /** The fewest bytes to any result. */
    public int least() {
        int best = Integer.MAX_VALUE;
        for (int cost : costs) {
            best = Math.min(best, cost);
        }
        return best;
    }

    /** The same results, all some bytes further away. */
    public Reach plus(int bytes) {
        if (bytes == 0 || isEmpty()) {
            return this;
        }
        int[] moved = new int[costs.length];
        Arrays.setAll(moved, i -> add(costs[i], bytes));
        return new Reach(results, moved);
    }

    /** The results of either, with the smaller cost. */
    public Reach or(Reach other) {
        if (other.isEmpty() || this == other) {
            return this;
        }
        if (isEmpty()) {
            return other;
        }
        int[] merged = new int[results.length + other.results.length];
        int[] cost = new int[merged.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < results.length || j < other.results.length) {
            int left = i < results.length ? results[i] : Integer.MAX_VALUE;
            int right = j < other.results.length ? other.results[j] : Integer.MAX_VALUE;
            merged[size] = Math.min(left, right);
            cost[size++] = Math.min(
                    left <= right ? costs[i] : Integer.MAX_VALUE, right <= left ? other.costs[j] : Integer.MAX_VALUE);
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }
        return new Reach(Arrays.copyOf(merged, size), Arrays.copyOf(cost, size));
    }

    /** These results with one more. */
    public Reach or(int result, int cost) {
        return or(of(result, cost));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reach that && Arrays.equals(results, that.results) && Arrays.equals(costs, that.costs);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(results) + Arrays.hashCode(costs);
    }
}
