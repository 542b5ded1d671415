// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.chat.ChatTemplate;
import dev.espalier.chat.RenderedPrompt;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of calls in a conversation, as values or as the text of a JSON object, and what a template makes of them. Some templates write values alone, some text alone, and some quote a text
 * once more. So a template is told values first, and the text where it fails on values or writes them as Python does.
 *
 * @param messages the messages, whose calls have values
 * @param values the arguments of all calls, in order
 * @param texts the same as texts: as they were given, or as Python's {@code json.dumps} writes them
 */
record CallArguments(
        List<Map<String, @Nullable Object>> messages, List<Map<String, @Nullable Object>> values, List<String> texts) {

    private static final String ARGUMENTS = "arguments";
    private static final String CALLS = "tool_calls";
    private static final String FUNCTION = "function";
    private static final ChatTemplate JSON = ChatTemplate.parse("{{ value | tojson }}", "arguments");
    private static final ChatTemplate PYTHON = ChatTemplate.parse("{{ value }}", "arguments");

    /**
     * The arguments in some messages.
     *
     * @throws InvalidInputException if those of a call are neither an object nor the text of one
     */
    static CallArguments in(List<Map<String, @Nullable Object>> messages) {
        List<Map<String, @Nullable Object>> values = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            String place = "message " + i;
            all.add(changed(messages.get(i), called -> {
                Object given = called.get(ARGUMENTS);
                Map<String, @Nullable Object> value = value(given, place + ", call of " + called.get("name"));
                values.add(value);
                texts.add(given instanceof String text && !isNothing(text) ? text : written(JSON, value));
                return value;
            }));
        }
        return new CallArguments(all, values, texts);
    }

    /**
     * The values of arguments: none, where nothing is given, or null.
     *
     * @param what how errors call the call
     * @throws InvalidInputException if they are neither an object nor the text of one
     */
    static Map<String, @Nullable Object> value(@Nullable Object given, String what) {
        Object value = given;
        if (given instanceof String text) {
            try {
                value = isNothing(text) ? null : PlainJson.read(text, what);
            } catch (SyntaxException e) {
                throw refused(what, text, e);
            }
        }
        if (value == null) {
            return Map.of();
        } else if (value instanceof Map<?, ?> map) {
            return PlainJson.copy(map);
        }
        throw refused(what, String.valueOf(given), null);
    }

    private static boolean isNothing(String text) {
        return text.isBlank() || text.strip().equals("null");
    }

    private static InvalidInputException refused(String what, String given, @Nullable SyntaxException cause) {
        String shown = given.length() > 200 ? given.substring(0, 200) + "…" : given;
        String message = what + ": expected arguments that are a JSON object, or the text of one, but not " + shown;
        return cause == null ? new InvalidInputException(message) : new InvalidInputException(message, cause);
    }

    /** A message whose calls have other arguments; the order of all members stays. */
    private static Map<String, @Nullable Object> changed(
            Map<String, @Nullable Object> message, Function<Map<?, ?>, Object> change) {
        if (!(message.get(CALLS) instanceof List<?> calls)) {
            return message;
        }
        List<@Nullable Object> all = new ArrayList<>();
        for (Object call : calls) {
            if (call instanceof Map<?, ?> members && members.get(FUNCTION) instanceof Map<?, ?> function) {
                Map<String, @Nullable Object> copy = copy(members);
                copy.put(FUNCTION, with(function, change));
                all.add(copy);
            } else {
                all.add(
                        call instanceof Map<?, ?> members && members.containsKey("name")
                                ? with(members, change)
                                : call);
            }
        }
        Map<String, @Nullable Object> copy = copy(message);
        copy.put(CALLS, all);
        return copy;
    }

    private static Map<String, @Nullable Object> with(Map<?, ?> called, Function<Map<?, ?>, Object> change) {
        Map<String, @Nullable Object> copy = copy(called);
        copy.put(ARGUMENTS, change.apply(called));
        return copy;
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> members) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        members.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }

    private static String written(ChatTemplate template, Map<String, @Nullable Object> value) {
        return template.render(Map.of("value", value)).text();
    }

    /**
     * What a template makes of the messages.
     *
     * @param template renders messages
     * @throws TemplateException if it fails on both spellings: its failure on values
     */
    RenderedPrompt rendered(Function<List<Map<String, @Nullable Object>>, RenderedPrompt> template) {
        RenderedPrompt ofValues;
        try {
            ofValues = template.apply(messages);
        } catch (TemplateException e) {
            return ofTexts(template).filter(text -> !isQuoted(text.text())).orElseThrow(() -> e);
        }
        if (!hasPython(ofValues.text())) {
            return ofValues;
        }
        return ofTexts(template).filter(text -> hasTexts(text.text())).orElse(ofValues);
    }

    private Optional<RenderedPrompt> ofTexts(Function<List<Map<String, @Nullable Object>>, RenderedPrompt> template) {
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        int[] next = {0};
        messages.forEach(message -> all.add(changed(message, called -> texts.get(next[0]++))));
        try {
            return Optional.of(template.apply(all));
        } catch (TemplateException e) {
            return Optional.empty();
        }
    }

    /** Whether a prompt has a dictionary as Python prints it. */
    private boolean hasPython(String prompt) {
        return values.stream()
                .filter(value -> !value.isEmpty())
                .map(value -> written(PYTHON, value))
                .anyMatch(prompt::contains);
    }

    /** Whether a prompt has all texts as they are. */
    private boolean hasTexts(String prompt) {
        return !isQuoted(prompt) && texts.stream().allMatch(prompt::contains);
    }

    /** Whether a prompt has a text as a string of JSON or Python. */
    private boolean isQuoted(String prompt) {
        return texts.stream()
                .anyMatch(text -> prompt.contains("'" + text)
                        || prompt.contains("\"" + text)
                        || (text.contains("\"")
                                && prompt.contains(text.replace("\\", "\\\\").replace("\"", "\\\""))));
    }
}
