// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.ChatMessage;
import dev.espalier.tool.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The messages of a conversation, as chat templates have them. */
final class MessageReader {

    private final List<ChatMessage> messages = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();

    /** The messages of a request. */
    static List<ChatMessage> read(Members request) {
        List<JsonNode> all =
                request.array("messages").orElseThrow(() -> request.fault("messages", "missing", "is missing"));
        if (all.isEmpty()) {
            throw request.fault("messages", "empty", "expected at least one message");
        }
        MessageReader reader = new MessageReader();
        for (int i = 0; i < all.size(); i++) {
            reader.message(Members.of(all.get(i), "messages[" + i + "]"));
        }
        return reader.messages;
    }

    private void message(Members message) {
        String role = message.required("role");
        switch (role) {
            case "system", "developer" -> add(message, "system", requiredContent(message));
            case "user" -> add(message, "user", requiredContent(message));
            case "assistant" -> assistant(message);
            case "tool" -> result(message);
            default ->
                throw message.fault(
                        "role",
                        "unknown-value",
                        "expected system, developer, user, assistant or tool, but not \"" + role + "\"");
        }
        message.end();
    }

    private void add(Members message, String role, String content) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", role);
        members.put("content", content);
        message.text("name").ifPresent(name -> members.put("name", name));
        messages.add(new ChatMessage(members));
    }

    private static String requiredContent(Members message) {
        return content(message).orElseThrow(() -> message.fault("content", "missing", "is missing"));
    }

    static Optional<String> content(Members message) {
        return content(message, "content");
    }

    /** A text, or parts of one, which are put one under the other. */
    static Optional<String> content(Members message, String name) {
        Optional<JsonNode> content = message.any(name);
        if (content.isEmpty() || content.get().isString()) {
            return content.map(JsonNode::stringValue);
        }
        List<JsonNode> parts = message.array(name).orElseThrow();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Members part = Members.of(parts.get(i), message.param(name + "[" + i + "]"));
            String type = part.required("type");
            if (!Set.of("text", "input_text", "output_text").contains(type)) {
                throw part.fault("type", "not-supported", "models here read text alone, but not " + type);
            }
            texts.add(part.required("text"));
            part.dropped(Set.of("annotations", "logprobs", "prompt_cache_breakpoint"));
            part.end();
        }
        return Optional.of(texts.stream().collect(Collectors.joining("\n")));
    }

    private void assistant(Members message) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "assistant");
        Optional<String> content = content(message).or(() -> message.text("refusal"));
        members.put("content", content.orElse(""));
        message.dropped(Set.of("refusal", "annotations"));
        message.unsupported("audio", "function_call");
        message.text("name").ifPresent(name -> members.put("name", name));
        message.text("reasoning_content").ifPresent(thought -> members.put("reasoning_content", thought));
        Optional<List<JsonNode>> calls = message.array("tool_calls");
        if (calls.isPresent() && !calls.get().isEmpty()) {
            List<Object> read = new ArrayList<>();
            for (int i = 0; i < calls.get().size(); i++) {
                read.add(call(Members.of(calls.get().get(i), message.param("tool_calls[" + i + "]"))));
            }
            members.put("tool_calls", read);
        } else if (content.isEmpty()) {
            throw message.fault("content", "missing", "is missing, and there are no tool_calls");
        }
        messages.add(new ChatMessage(members));
    }

    private Map<String, @Nullable Object> call(Members call) {
        String id = call.required("id");
        String type = call.oneOf("type", List.of("function", "custom")).orElse("function");
        call.dropped(Set.of("index"));
        Members inside = call.requiredObject(type);
        String name = inside.required("name");
        Object arguments = type.equals("custom") ? Map.of(Tool.TEXT, inside.required("input")) : arguments(inside);
        inside.end();
        call.end();
        names.put(id, name);
        return ChatMessage.call(id, name, arguments);
    }

    /** The arguments of a call: the text of an object, or an object; none where they are null, blank or the text {@code null}. */
    static Object arguments(Members call) {
        Optional<JsonNode> given = call.any("arguments");
        if (given.isEmpty()) {
            return Map.of();
        } else if (given.get() instanceof ObjectNode object) {
            return JsonMapper.shared().convertValue(object, Map.class);
        }
        String text = call.required("arguments");
        JsonNode read = text.isBlank() ? NullNode.instance : JsonTree.read(text, call.param("arguments"));
        if (read.isNull()) {
            return Map.of();
        } else if (read.isObject()) {
            return text;
        }
        throw call.fault("arguments", "not-json", "expected the text of a JSON object");
    }

    /**
     * The name of the tool of a call whose result this is.
     *
     * @param names the names by the ids of the calls so far
     */
    static String called(Members result, String member, String id, Map<String, String> names) {
        String name = names.get(id);
        if (name == null) {
            throw result.fault(member, "unknown-call", "there is no call \"" + id + "\" before it");
        }
        return name;
    }

    private void result(Members message) {
        String id = message.required("tool_call_id");
        String called = called(message, "tool_call_id", id, names);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("role", "tool");
        members.put("content", requiredContent(message));
        members.put("tool_call_id", id);
        members.put("name", message.text("name").orElse(called));
        messages.add(new ChatMessage(members));
    }
}
