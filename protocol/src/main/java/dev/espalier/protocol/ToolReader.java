// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.Output;
import dev.espalier.core.error.EspalierException;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolCalls;
import dev.espalier.tool.ToolChoice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The tools of a request, and how they may be called. Both endpoints: in one the function is a member of its own, in the other its members stand beside the type. */
final class ToolReader {

    private final Members request;
    private final boolean isFlat;
    private final List<Tool> tools = new ArrayList<>();
    private final Set<String> custom = new HashSet<>();
    private final List<FormParts.ToolPart> parts = new ArrayList<>();

    /** The tools of a request; {@code isFlat} where members stand beside the type. */
    ToolReader(Members request, boolean isFlat) {
        this.request = request;
        this.isFlat = isFlat;
        Optional<List<JsonNode>> all = request.array("tools");
        if (all.isPresent() && all.get().isEmpty()) {
            throw request.fault("tools", "empty", "expected at least one tool; leave it out where there are none");
        } else if (all.isPresent() && all.get().size() > ToolCalls.MAX_TOOLS) {
            throw request.fault("tools", "limit", "expected at most " + ToolCalls.MAX_TOOLS + " tools");
        }
        for (int i = 0; i < all.map(List::size).orElse(0); i++) {
            read(Members.of(all.get().get(i), "tools[" + i + "]"));
        }
    }

    /** The tools. */
    List<Tool> tools() {
        return tools;
    }

    /** The names of those that take a text, and no arguments. */
    Set<String> custom() {
        return custom;
    }

    /** What each tool asks for. */
    List<FormParts.ToolPart> parts() {
        return parts;
    }

    private void read(Members tool) {
        String type = tool.required("type");
        Members inside = switch (type) {
            case "function", "custom" -> isFlat ? tool : tool.requiredObject(type);
            default -> throw tool.fault("type", "not-supported", "only function and custom can be kept");
        };
        String name = inside.required("name");
        String description = inside.text("description").orElse("");
        if (tools.stream().anyMatch(other -> other.name().equals(name))) {
            throw inside.fault("name", "twice", "another tool is called \"" + name + "\", too");
        }
        if (type.equals("function")) {
            inside.flag("strict", true); // arguments are kept, whether they are strict or not
            String parameters = parameters(inside);
            Tool read = named(inside, () -> Tool.of(name, description, parameters));
            add(read, inside.param("parameters"), Output.jsonSchema(parameters));
        } else {
            custom.add(name);
            text(inside, named(inside, () -> Tool.of(name, description, Tool.TEXT_PARAMETERS)));
        }
        inside.end();
        tool.end();
    }

    private void add(Tool tool, String param, Output<?> said) {
        tools.add(tool);
        parts.add(new FormParts.ToolPart(tool, param, said));
    }

    /** A tool, unless its name is none. */
    private static Tool named(Members inside, Supplier<Tool> tool) {
        try {
            return tool.get();
        } catch (EspalierException e) {
            throw ProtocolException.of(e, inside.param("name"));
        }
    }

    private static String parameters(Members function) {
        Optional<JsonNode> parameters = function.any("parameters");
        if (parameters.isEmpty()) {
            return ConstraintReader.nothing().toString();
        } else if (!parameters.get().isObject()) {
            throw function.fault("parameters", "wrong-type", "expected a JSON Schema of an object");
        }
        return parameters.get().toString();
    }

    /** Adds a custom tool, whose text is any, one that a regular expression matches, or a sentence of a grammar in Lark as llguidance has it. */
    private void text(Members members, Tool tool) {
        Optional<Members> format = members.object("format");
        boolean isGrammar = format.map(one -> required(one, "type", List.of("text", "grammar")))
                .filter("grammar"::equals)
                .isPresent();
        if (isGrammar) {
            // in one endpoint the grammar is a member of its own
            Members grammar = isFlat ? format.get() : format.get().requiredObject("grammar");
            String syntax = required(grammar, "syntax", List.of("lark", "regex"));
            String definition = grammar.required("definition");
            String param = grammar.param("definition");
            if (syntax.equals("lark")) {
                Output<String> text = Output.grammar(GrammarDialect.LLGUIDANCE, definition);
                add(Tool.ofText(tool.name(), tool.description(), text), param, text);
            } else {
                add(matched(tool, param, definition), param, Output.regex(definition));
            }
            grammar.end();
        } else {
            add(tool, members.param("format"), Output.text());
        }
        format.ifPresent(Members::end);
    }

    private static Tool matched(Tool tool, String param, String pattern) {
        try {
            return Tool.ofPattern(tool.name(), tool.description(), pattern);
        } catch (EspalierException e) {
            throw ProtocolException.ofTool(e, new FormParts.ToolPart(tool, param, Output.text()), "");
        }
    }

    private static String required(Members members, String name, List<String> values) {
        return members.oneOf(name, values).orElseThrow(() -> members.fault(name, "missing", "is missing"));
    }

    /** How tools may be called. */
    ToolChoice choice() {
        boolean isParallel = request.flag("parallel_tool_calls", true);
        int most = isParallel ? ToolChoice.USUAL : 1;
        Optional<JsonNode> choice = request.any("tool_choice");
        if (tools.isEmpty()) {
            if (choice.isPresent()
                    && !choice.get().toString().equals("\"none\"")
                    && !choice.get().toString().equals("\"auto\"")) {
                throw request.fault("tool_choice", "no-tools", "there are no tools");
            }
            return ToolChoice.NONE;
        } else if (choice.isEmpty()) {
            return ToolChoice.AUTO.atMost(most);
        } else if (choice.get().isString()) {
            return switch (choice.get().stringValue()) {
                case "none" -> ToolChoice.NONE;
                case "auto" -> ToolChoice.AUTO.atMost(most);
                case "required" -> ToolChoice.REQUIRED.atMost(most);
                default ->
                    throw request.fault("tool_choice", "unknown-value", "expected none, auto, required or an object");
            };
        }
        return choice(Members.of(choice.get(), "tool_choice"), most);
    }

    private ToolChoice choice(Members choice, int most) {
        String type = choice.required("type");
        ToolChoice read;
        if (type.equals("allowed_tools")) {
            Members allowed = isFlat ? choice : choice.requiredObject("allowed_tools");
            String mode = allowed.oneOf("mode", List.of("auto", "required")).orElse("auto");
            List<JsonNode> names = allowed.array("tools").orElse(List.of());
            List<String> known = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                Members one = Members.of(names.get(i), allowed.param("tools[" + i + "]"));
                known.add(name(one, one.required("type")));
                one.end();
            }
            if (known.isEmpty()) {
                throw allowed.fault("tools", "empty", "expected at least one tool");
            }
            allowed.end();
            read = (mode.equals("auto") ? ToolChoice.AUTO : ToolChoice.REQUIRED)
                    .atMost(most)
                    .among(known.toArray(String[]::new));
        } else {
            read = ToolChoice.named(name(choice, type));
        }
        choice.end();
        return read;
    }

    private String name(Members choice, String type) {
        if (!type.equals("function") && !type.equals("custom")) {
            throw choice.fault("type", "unknown-value", "expected function or custom");
        }
        Members inside = isFlat ? choice : choice.requiredObject(type);
        String name = inside.required("name");
        if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
            throw inside.fault("name", "unknown-tool", "there is no tool called \"" + name + "\"");
        }
        if (inside != choice) {
            inside.end();
        }
        return name;
    }
}
