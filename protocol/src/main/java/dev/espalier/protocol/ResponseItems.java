// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.tool.ToolCall;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The items of an output of {@code /v1/responses}. */
final class ResponseItems {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Set<String> custom;
    private final ArrayNode all = NODES.arrayNode();

    ResponseItems(Set<String> custom) {
        this.custom = custom;
    }

    ArrayNode all() {
        return all;
    }

    ObjectNode reasoning(String thought) {
        ObjectNode item = item("reasoning", "rs");
        item.putArray("summary");
        item.putArray("content").add(thought(thought));
        return item;
    }

    static ObjectNode thought(String thought) {
        return NODES.objectNode().put("type", "reasoning_text").put("text", thought);
    }

    ObjectNode text(String text, ArrayNode tokens) {
        ObjectNode item = item("message", "msg");
        item.put("role", "assistant").putArray("content").add(part(text, tokens));
        return item;
    }

    /** The one part of a message. */
    static ObjectNode part(String text, ArrayNode tokens) {
        ObjectNode part = NODES.objectNode().put("type", "output_text").put("text", text);
        part.putArray("annotations");
        part.set("logprobs", tokens);
        return part;
    }

    ObjectNode call(ToolCall call) {
        ObjectNode item = called(call.id(), call.name());
        if (isCustom(call.name())) {
            return item.put("input", ChatCall.input(call));
        }
        return item.put("arguments", call.arguments());
    }

    /** A call whose arguments are not known yet. */
    ObjectNode called(String id, String name) {
        ObjectNode item = isCustom(name) ? item("custom_tool_call", "ctc") : item("function_call", "fc");
        return item.put("call_id", id).put("name", name);
    }

    boolean isCustom(String name) {
        return custom.contains(name);
    }

    private ObjectNode item(String type, String kind) {
        ObjectNode item = NODES.objectNode()
                .put("type", type)
                .put("id", ResponseCall.id(kind))
                .put("status", "completed");
        all.add(item);
        return item;
    }
}
