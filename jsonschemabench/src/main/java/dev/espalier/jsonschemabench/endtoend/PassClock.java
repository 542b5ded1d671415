// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Notes when each forward pass began and ended. Thread-safe. */
final class PassClock {

    /** By start, the end. */
    private final NavigableMap<Long, Long> passes = new ConcurrentSkipListMap<>();

    /** A pass; told again by each sequence of its batch, it counts once. */
    void pass(long start, long end) {
        passes.put(start, end);
    }

    /** When the first pass began, by {@link System#nanoTime()}. */
    long begin() {
        return passes.firstKey();
    }

    /** The steps after the first: from the start of each pass to that of the next, or to the end. */
    List<Long> steps(long end) {
        List<Long> starts = List.copyOf(passes.keySet());
        List<Long> steps = new ArrayList<>();
        for (int i = 1; i < starts.size(); i++) {
            steps.add((i + 1 < starts.size() ? starts.get(i + 1) : end) - starts.get(i));
        }
        return steps;
    }

    /** The time of all passes but the first. */
    long forward() {
        return passes.tailMap(begin(), false).entrySet().stream()
                .mapToLong(pass -> pass.getValue() - pass.getKey())
                .sum();
    }
}
