// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The frames of an answer, and what a counter said when each was sent. */
final class TakenFrames implements Frames {

    final List<ObjectNode> frames = new ArrayList<>();
    final List<Integer> counts = new ArrayList<>();
    private final IntSupplier counter;
    boolean isDone;

    TakenFrames(IntSupplier counter) {
        this.counter = counter;
    }

    @Override
    public void send(String event, ObjectNode data) {
        frames.add(data.deepCopy());
        counts.add(counter.getAsInt());
    }

    @Override
    public void done() {
        isDone = true;
    }

    ObjectNode last() {
        return frames.get(frames.size() - 1);
    }

    /** All texts at a place, one behind the other. */
    String text(String pointer) {
        return frames.stream().map(frame -> frame.at(pointer).asString("")).collect(Collectors.joining());
    }

    /** All items of the arrays at a place of frames that have another. */
    ArrayNode items(String pointer, String beside) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (ObjectNode frame : frames) {
            JsonNode items = frame.at(pointer);
            if (items.isArray() && !frame.at(beside).isMissingNode()) {
                all.addAll((ArrayNode) items);
            }
        }
        return all;
    }
}
