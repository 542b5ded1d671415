// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A function that a model is told it may call, as templates and the usual APIs have it.
 *
 * @param definition {@code {"type": "function", "function": {"name": …, "description": …, "parameters": {…}}}}; other members are kept
 */
public record ChatTool(Map<String, ? extends @Nullable Object> definition) {

    /**
     * Copies the definition.
     *
     * @throws dev.espalier.core.error.SyntaxException if it is not of this form; with a JSON pointer
     */
    public ChatTool {
        definition = checked(PlainJson.copy(definition), "tool", "#");
    }

    /**
     * A function.
     *
     * @param parameters a JSON Schema of an object: the text of it
     */
    public static ChatTool function(String name, String description, String parameters) {
        Map<String, @Nullable Object> function = new LinkedHashMap<>();
        function.put("name", name);
        function.put("description", description);
        function.put("parameters", PlainJson.object(PlainJson.read(parameters, "parameters"), "parameters", "#"));
        Map<String, @Nullable Object> definition = new LinkedHashMap<>();
        definition.put("type", "function");
        definition.put("function", function);
        return new ChatTool(definition);
    }

    /**
     * The tools of a JSON array.
     *
     * @param name what errors call the text, such as a file name
     * @throws dev.espalier.core.error.SyntaxException if the text is not JSON, with line and column; or no array of tools, with a JSON
     *     pointer
     */
    public static List<ChatTool> read(String json, String name) {
        List<ChatTool> tools = new ArrayList<>();
        for (Map<String, @Nullable Object> definition : PlainJson.objects(json, name)) {
            tools.add(new ChatTool(checked(definition, name, "#/" + tools.size())));
        }
        return tools;
    }

    private static Map<String, @Nullable Object> checked(
            Map<String, @Nullable Object> definition, String source, String pointer) {
        Optional<String> type = PlainJson.text(definition, "type", source, pointer);
        if (type.filter("function"::equals).isEmpty()) {
            throw PlainJson.expected("\"function\"", source, pointer + "/type");
        }
        String inside = pointer + "/function";
        Map<String, @Nullable Object> function = PlainJson.object(definition.get("function"), source, inside);
        if (PlainJson.text(function, "name", source, inside)
                .filter(text -> !text.isEmpty())
                .isEmpty()) {
            throw PlainJson.expected("the name of a function", source, inside + "/name");
        }
        PlainJson.text(function, "description", source, inside);
        if (function.containsKey("parameters")) {
            PlainJson.object(function.get("parameters"), source, inside + "/parameters");
        }
        return definition;
    }
}
