// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.Map;
import java.util.TreeMap;

/** What came of requests. Thread-safe. */
final class LoadTally {

    private static final int LONGEST_FAULT = 600;

    private final Map<String, Integer> asked = new TreeMap<>();
    private final Map<String, Integer> faults = new TreeMap<>();
    private final LatencyHistogram first = new LatencyHistogram();
    private final LatencyHistogram between = new LatencyHistogram();
    private int answered;
    private int left;

    /** A request has an answer, the right one. */
    synchronized void right(LoadRequest request) {
        asked.merge(request.name(), 1, Integer::sum);
        answered++;
    }

    /** The client of a request went away. */
    synchronized void left(LoadRequest request) {
        asked.merge(request.name(), 1, Integer::sum);
        left++;
    }

    /** A request has a wrong answer, or none. */
    synchronized void fault(LoadRequest request, String what) {
        asked.merge(request.name(), 1, Integer::sum);
        fault(request.name() + ": " + what);
    }

    /** Something is wrong that belongs to no request. */
    synchronized void fault(String what) {
        faults.merge(what.length() > LONGEST_FAULT ? what.substring(0, LONGEST_FAULT) : what, 1, Integer::sum);
    }

    /** The times of a client's frames. */
    synchronized void add(FrameTimes times) {
        first.add(times.first());
        between.add(times.between());
    }

    synchronized Map<String, Integer> asked() {
        return new TreeMap<>(asked);
    }

    synchronized Map<String, Integer> faults() {
        return new TreeMap<>(faults);
    }

    synchronized int answered() {
        return answered;
    }

    synchronized int left() {
        return left;
    }

    synchronized LatencyHistogram first() {
        return first;
    }

    synchronized LatencyHistogram between() {
        return between;
    }
}
