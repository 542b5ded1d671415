// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.ChatMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a model has answered that may call tools.
 *
 * @param reasoning what it thought before; empty where it did not
 * @param text what it says to the user; may be empty
 * @param calls the calls, in order
 */
public record ToolAnswer(Optional<String> reasoning, String text, List<ToolCall> calls) {

    /** Copies the list. */
    public ToolAnswer {
        calls = List.copyOf(calls);
    }

    /**
     * The message of the assistant that says so, for the conversation that goes on. Arguments are the text that was written.
     *
     * @throws dev.espalier.core.error.InvalidInputException if the arguments of a call are no JSON object
     */
    public ChatMessage message() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "assistant");
        members.put("content", text);
        reasoning.ifPresent(thought -> members.put("reasoning_content", thought));
        if (!calls.isEmpty()) {
            members.put(
                    "tool_calls",
                    calls.stream()
                            .map(call -> ChatMessage.call(call.id(), call.name(), call.arguments()))
                            .toList());
        }
        return new ChatMessage(members);
    }
}
