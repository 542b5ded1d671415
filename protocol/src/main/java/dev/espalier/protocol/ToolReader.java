// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.core.error.EspalierException;
import dev.espalier.tool.Tool;
import dev.espalier.tool.ToolCalls;
import dev.espalier.tool.ToolChoice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tools of a request, and how they may be called. Both endpoints: in one the function is a member of its own, in the other its members stand beside the type. */
final class ToolReader {

    /** The one member of the arguments of a custom tool. */
    static final String INPUT = "input";

    private final Members request;
    private final boolean isFlat;
    private final List<Tool> tools = new ArrayList<>();
    private final Set<String> custom = new HashSet<>();

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

    private void read(Members tool) {
        String type = tool.required("type");
        Members inside = switch (type) {
            case "function", "custom" -> isFlat ? tool : tool.requiredObject(type);
            default -> throw tool.fault("type", "not-supported", "only function and custom can be kept");
        };
        String name = inside.required("name");
        String parameters = type.equals("custom") ? input(inside) : parameters(inside);
        String description = inside.text("description").orElse("");
        if (type.equals("function")) {
            inside.flag("strict", true); // arguments are kept, whether they are strict or not
        } else {
            custom.add(name);
        }
        inside.end();
        tool.end();
        if (tools.stream().anyMatch(other -> other.name().equals(name))) {
            throw inside.fault("name", "twice", "another tool is called \"" + name + "\", too");
        }
        try {
            tools.add(Tool.of(name, description, parameters));
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

    /** The schema of a text, or of what a regular expression allows. */
    private static String input(Members tool) {
        ObjectNode schema = ConstraintReader.nothing();
        ObjectNode input =
                ((ObjectNode) schema.get("properties")).putObject(INPUT).put("type", "string");
        schema.putArray("required").add(INPUT);
        Optional<Members> format = tool.object("format");
        if (format.isPresent() && format.get().required("type").equals("grammar")) {
            // in one endpoint the grammar is a member of its own
            Members grammar = format.get().object("grammar").orElse(format.get());
            String definition = grammar.required("definition");
            if (!grammar.required("syntax").equals("regex")) {
                throw grammar.fault("syntax", "not-supported", "only regex can be kept inside the arguments of a call");
            }
            input.put("pattern", "^(?:" + definition + ")$");
            grammar.end();
        } else if (format.isPresent() && !format.get().required("type").equals("text")) {
            throw format.get().fault("type", "unknown-value", "expected text or grammar");
        }
        format.ifPresent(Members::end);
        return schema.toString();
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
