// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Nanos;
import java.util.Map;

/**
 * What came of the requests of some time: one line of {@code results.jsonl}.
 *
 * @param isHttp whether they were made over HTTP
 * @param answered requests that have the answer that they have alone, refusals included
 * @param left requests whose client went away before their end
 * @param asked requests by kind
 * @param faults what was wrong, and how often
 * @param first times from the request to the first part of an answer that is streamed
 * @param between times between two parts
 * @param processor time of all processors, those of clients included
 * @param time how long it took
 * @param heap bytes on the heap behind it, after the collector ran and all clients had stopped
 * @param resident bytes of memory of the process then, the heap included
 */
public record LoadWindow(
        @JsonProperty("http") boolean isHttp,
        int answered,
        int left,
        Map<String, Integer> asked,
        Map<String, Integer> faults,
        @JsonProperty("first_ns") LatencyHistogram first,
        @JsonProperty("between_ns") LatencyHistogram between,
        @Nanos("processor_us") long processor,
        @Nanos("time_us") long time,
        @JsonProperty("heap_bytes") long heap,
        @JsonProperty("resident_bytes") long resident) {

    /** Copies the maps. */
    public LoadWindow {
        asked = Map.copyOf(asked);
        faults = Map.copyOf(faults);
    }

    /** All requests. */
    int requests() {
        return answered
                + left
                + faults.values().stream().mapToInt(Integer::intValue).sum();
    }
}
