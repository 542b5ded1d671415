// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.ChatTool;
import dev.espalier.Output;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.regex.RegexReader;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A function that a model may call. Immutable; thread-safe if the function is.
 *
 * @param name letters, digits, {@code _}, {@code -} and {@code .}, at most 64
 * @param description what the model is told that it does
 * @param parameters the JSON Schema of its arguments, an object
 * @param function what runs it: from the arguments in JSON to the result as the model is told it; empty where the caller runs it
 * @param text what the one argument {@link #TEXT} must be, of a tool that takes a text; empty where the schema says all
 */
public record Tool(
        String name,
        String description,
        String parameters,
        Optional<Function<String, String>> function,
        Optional<Output<String>> text) {

    /** The one argument of a tool that takes a text. */
    public static final String TEXT = "input";

    /** The JSON Schema of the arguments of a tool that takes any text. */
    public static final String TEXT_PARAMETERS = "{\"type\":\"object\",\"properties\":{\"" + TEXT
            + "\":{\"type\":\"string\"}},\"required\":[\"" + TEXT + "\"],\"additionalProperties\":false}";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final RegexReader PATTERNS = new RegexReader();

    /**
     * Checks the name.
     *
     * @throws InvalidInputException if it is none
     */
    public Tool {
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(text, "text");
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(
                    "the name of a tool has 1 to 64 letters, digits, _, - and ., but \"" + name + "\" is given");
        }
    }

    /**
     * A tool whose schema says all about its arguments.
     *
     * @param function as {@link #function()}
     */
    public Tool(String name, String description, String parameters, Optional<Function<String, String>> function) {
        this(name, description, parameters, function, Optional.empty());
    }

    /**
     * A tool that takes one text, which the caller runs: {@code {"input": "the text"}}.
     *
     * @param text what it may be: a grammar in any notation, a regular expression, or any text
     */
    public static Tool ofText(String name, String description, Output<String> text) {
        return new Tool(name, description, TEXT_PARAMETERS, Optional.empty(), Optional.of(text));
    }

    /**
     * A tool that takes one text, which a regular expression (ECMA-262, Unicode on) matches from end to end: {@code {"input": "the text"}}. In all conventions of calls.
     *
     * @throws dev.espalier.core.error.SyntaxException if the pattern is malformed; with its place in the pattern
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it uses what is no part of ECMA-262; with its place
     */
    public static Tool ofPattern(String name, String description, String pattern) {
        PATTERNS.tree(pattern, WorkBudget.standard()); // by itself, so that it ends where its group does
        ObjectNode schema = (ObjectNode) MAPPER.readTree(TEXT_PARAMETERS);
        ((ObjectNode) schema.get("properties").get(TEXT)).put("pattern", "^(?:" + pattern + ")$");
        return of(name, description, schema.toString());
    }

    /**
     * A tool that the caller runs.
     *
     * @param parameters the JSON Schema of its arguments
     */
    public static Tool of(String name, String description, String parameters) {
        return new Tool(name, description, parameters, Optional.empty());
    }

    /**
     * A tool that the caller runs.
     *
     * @param parameters a Java type, such as a record, of which the arguments are the members
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming a type that has no exact JSON Schema
     */
    public static Tool of(String name, String description, Class<?> parameters) {
        return of(name, description, schema(Output.of(parameters)));
    }

    /**
     * A tool with what runs it. What the function returns is told to the model as text if it is a string, and as JSON otherwise.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming a type that has no exact JSON Schema
     */
    public static <A> Tool of(String name, String description, Class<A> parameters, Function<? super A, ?> function) {
        Objects.requireNonNull(function, "function");
        Output<A> arguments = Output.of(parameters);
        return new Tool(name, description, schema(arguments), Optional.of(json -> {
            Object result = function.apply(arguments.read(json));
            return result instanceof String text ? text : MAPPER.writeValueAsString(result);
        }));
    }

    private static String schema(Output<?> output) {
        return output.schema().orElseThrow();
    }

    /** The tool as templates have it. */
    public ChatTool told() {
        return ChatTool.function(name, description, parameters);
    }
}
