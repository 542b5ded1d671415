// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import java.util.ArrayList;
import java.util.List;

/** Notes when each forward pass began and ended. Used by the thread that decodes. */
final class PassClock {

    private final List<Long> starts = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();

    /** A pass; told again by each sequence of its batch, it counts once. */
    void pass(long start, long end) {
        if (starts.isEmpty() || starts.get(starts.size() - 1) != start) {
            starts.add(start);
            ends.add(end);
        }
    }

    /** When the first pass began, by {@link System#nanoTime()}. */
    long begin() {
        return starts.get(0);
    }

    /** The steps after the first: from the start of each pass to that of the next, or to the end. */
    List<Long> steps(long end) {
        List<Long> steps = new ArrayList<>();
        for (int i = 1; i < starts.size(); i++) {
            steps.add((i + 1 < starts.size() ? starts.get(i + 1) : end) - starts.get(i));
        }
        return steps;
    }

    /** The time of all passes but the first. */
    long forward() {
        long sum = 0;
        for (int i = 1; i < starts.size(); i++) {
            sum += ends.get(i) - starts.get(i);
        }
        return sum;
    }
}
