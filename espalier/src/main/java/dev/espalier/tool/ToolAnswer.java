// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.ChatMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model has answered that may call tools.
 *
 * @param reasoning what it thought before; empty where it did not
 * @param text what it says to the user; may be empty
 * @param calls the calls, in order
 */
public record ToolAnswer(Optional<String> reasoning, String text, List<ToolCall> calls) {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** Copies the list. */
    public ToolAnswer {
        calls = List.copyOf(calls);
    }

    /** The message of the assistant that says so, for the conversation that goes on. */
    public ChatMessage message() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "assistant");
        members.put("content", text);
        reasoning.ifPresent(thought -> members.put("reasoning_content", thought));
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (ToolCall call : calls) {
            Map<String, @Nullable Object> function = new LinkedHashMap<>();
            function.put("name", call.name());
            function.put("arguments", MAPPER.readValue(call.arguments(), Object.class));
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("id", call.id());
            one.put("type", "function");
            one.put("function", function);
            all.add(one);
        }
        if (!all.isEmpty()) {
            members.put("tool_calls", all);
        }
        return new ChatMessage(members);
    }
}
