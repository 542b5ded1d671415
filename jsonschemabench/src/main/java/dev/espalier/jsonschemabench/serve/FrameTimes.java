// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import tools.jackson.databind.JsonNode;

/** When the frames of answers came: the first that says something after the request, each other after the one before it. One thread. */
final class FrameTimes {

    private final LatencyHistogram first = new LatencyHistogram();
    private final LatencyHistogram between = new LatencyHistogram();
    private long before;
    private boolean isFirst;

    /** A request is made now. */
    void begin() {
        before = System.nanoTime();
        isFirst = true;
    }

    /** A frame has come. */
    void frame(JsonNode data) {
        if (!says(data)) {
            return;
        }
        long now = System.nanoTime();
        (isFirst ? first : between).add(now - before);
        before = now;
        isFirst = false;
    }

    /** Whether a frame has a part of the answer, and does not only tell that there will be one. */
    private static boolean says(JsonNode data) {
        JsonNode choice = data.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        return !delta.path("content").asString("").isEmpty()
                || !choice.path("text").asString("").isEmpty()
                || delta.has("tool_calls")
                || delta.has("reasoning_content")
                || data.path("type").asString("").endsWith(".delta");
    }

    LatencyHistogram first() {
        return first;
    }

    LatencyHistogram between() {
        return between;
    }
}
