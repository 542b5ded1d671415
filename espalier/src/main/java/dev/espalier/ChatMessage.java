// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation: a role, and whatever else the model's template reads.
 *
 * @param members by name, in order: {@code role}, as a rule {@code content}, and others such as {@code tool_calls}, {@code tool_call_id}
 *     or {@code reasoning_content}; maps, lists, strings, numbers, booleans and null
 */
public record ChatMessage(Map<String, ? extends @Nullable Object> members) {

    private static final String ROLE = "role";
    private static final String CONTENT = "content";
    private static final Set<String> UNANSWERED = Set.of("system", "developer", "assistant");

    /**
     * Copies the members.
     *
     * @throws dev.espalier.core.error.SyntaxException if there is no role
     */
    public ChatMessage {
        members = PlainJson.copy(members);
        if (!(members.get(ROLE) instanceof String)) {
            throw PlainJson.expected("a string", "message", "#/" + ROLE);
        }
    }

    /**
     * A message that is a text.
     *
     * @param role who says it: {@code system}, {@code user}, {@code assistant}, or another role that the model's template knows
     * @param content what is said
     */
    public ChatMessage(String role, String content) {
        this(said(role, content));
    }

    private static Map<String, @Nullable Object> said(String role, String content) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(ROLE, Objects.requireNonNull(role, "role"));
        members.put(CONTENT, Objects.requireNonNull(content, "content"));
        return members;
    }

    /**
     * The messages of a conversation, as {@code [{"role": "user", "content": "Hello"}]}. All members are kept.
     *
     * @param name what errors call the text, such as a file name
     * @throws dev.espalier.core.error.SyntaxException if the text is not JSON, with line and column; or no array of objects with roles, with
     *     a JSON pointer
     */
    public static List<ChatMessage> read(String json, String name) {
        List<ChatMessage> messages = new ArrayList<>();
        for (Map<String, @Nullable Object> members : PlainJson.objects(json, name)) {
            String pointer = "#/" + messages.size();
            if (PlainJson.text(members, ROLE, name, pointer).isEmpty()) {
                throw PlainJson.expected("a member \"role\"", name, pointer);
            }
            messages.add(new ChatMessage(members));
        }
        return messages;
    }

    /**
     * A call of a tool, as an item of the member {@code tool_calls} of a message of the assistant. A model reads the arguments as its template writes them, whichever spelling they have here.
     *
     * @param id what the result refers to; may be empty
     * @param name the name of the tool
     * @param arguments a map, or the text of a JSON object; none where it is null, blank, or the text {@code null}
     * @throws dev.espalier.core.error.InvalidInputException if the arguments are something else
     */
    public static Map<String, @Nullable Object> call(String id, String name, @Nullable Object arguments) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Map<String, @Nullable Object> value = CallArguments.value(arguments, "the call of " + name);
        Map<String, @Nullable Object> function = new LinkedHashMap<>(); // some templates write it as it is
        function.put("name", name);
        function.put("arguments", value.isEmpty() ? value : PlainJson.copy(arguments));
        Map<String, @Nullable Object> call = new LinkedHashMap<>();
        call.put("id", id);
        call.put("type", "function");
        call.put("function", function);
        return call;
    }

    /** The same with another member, or another value of one. */
    public ChatMessage with(String name, @Nullable Object value) {
        Objects.requireNonNull(name, "name");
        Map<String, @Nullable Object> all = new LinkedHashMap<>(members);
        all.put(name, value);
        return new ChatMessage(all);
    }

    /** Who says it. */
    public String role() {
        return String.valueOf(members.get(ROLE));
    }

    /** Whether it is one that a model answers: neither its own nor the system's. */
    public boolean wantsAnswer() {
        return !UNANSWERED.contains(role());
    }

    /** What is said: a text, a list of parts, or null. */
    public @Nullable Object content() {
        return members.get(CONTENT);
    }
}
