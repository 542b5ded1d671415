// SPDX-License-Identifier: Apache-2.0
package dev.espalier.opentelemetry;

import dev.espalier.ChatMessage;
import dev.espalier.assistant.Answer;
import dev.espalier.tool.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Messages, answers and tools in the JSON of the conventions: roles, and parts by their types. */
final class MessageTexts {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private MessageTexts() {}

    static String asked(List<ChatMessage> messages) {
        return MAPPER.writeValueAsString(
                messages.stream().map(one -> message(one.members())).toList());
    }

    static String said(Answer answer, String finish) {
        List<Map<String, Object>> parts = new ArrayList<>();
        answer.said().reasoning().ifPresent(thought -> parts.add(part("reasoning", thought)));
        if (!answer.said().text().isEmpty()) {
            parts.add(part("text", answer.said().text()));
        }
        answer.said().calls().forEach(call -> parts.add(call(call.id(), call.name(), parsed(call.arguments()))));
        return MAPPER.writeValueAsString(
                List.of(ordered("role", "assistant", "parts", parts, "finish_reason", finish)));
    }

    static String tools(List<Tool> tools) {
        return MAPPER.writeValueAsString(tools.stream()
                .map(tool -> {
                    Map<String, Object> definition = ordered("type", "function", "name", tool.name());
                    definition.put("description", tool.description());
                    definition.put("parameters", parsed(tool.parameters()));
                    return definition;
                })
                .toList());
    }

    private static Map<String, Object> message(Map<String, ? extends @Nullable Object> members) {
        List<Map<String, Object>> parts = new ArrayList<>();
        Object content = members.get("content");
        if (members.get("reasoning_content") instanceof String thought) {
            parts.add(part("reasoning", thought));
        }
        if (members.get("tool_call_id") instanceof String id) {
            parts.add(ordered("type", "tool_call_response", "id", id, "response", String.valueOf(content)));
        } else if (content instanceof List<?> all) {
            all.forEach(one -> {
                if (one instanceof Map<?, ?> given && given.get("text") instanceof String text) {
                    parts.add(part("text", text));
                }
            });
        } else if (content instanceof String text && !text.isEmpty()) {
            parts.add(part("text", text));
        }
        if (members.get("tool_calls") instanceof List<?> calls) {
            calls.forEach(one -> addCall(parts, one));
        }
        return ordered("role", String.valueOf(members.get("role")), "parts", parts);
    }

    private static void addCall(List<Map<String, Object>> parts, Object given) {
        if (given instanceof Map<?, ?> call && call.get("function") instanceof Map<?, ?> function) {
            Object arguments = function.get("arguments");
            String id = call.get("id") instanceof String known ? known : "";
            parts.add(call(
                    id,
                    String.valueOf(function.get("name")),
                    arguments instanceof String text ? parsed(text) : arguments == null ? Map.of() : arguments));
        }
    }

    private static Map<String, Object> part(String type, String content) {
        return ordered("type", type, "content", content);
    }

    private static Map<String, Object> call(String id, String name, Object arguments) {
        return ordered("type", "tool_call", "id", id, "name", name, "arguments", arguments);
    }

    /** JSON as its value; a text that is none, as of a call that was not finished, as it is. */
    private static Object parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            return json;
        }
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            ordered.put((String) pairs[i], pairs[i + 1]);
        }
        return ordered;
    }
}
