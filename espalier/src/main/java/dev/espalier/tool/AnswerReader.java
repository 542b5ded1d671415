// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.tag.TagSpan;
import dev.espalier.tag.ValueStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts an answer together, span by span. One text, one thread. */
final class AnswerReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String text;
    private final ToolConvention convention;
    private final boolean isOutput;
    private final boolean isContinued;
    private Optional<String> thought = Optional.empty();
    private int textStart;
    private int textEnd;
    private final List<String> ids = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<Integer, ObjectNode> elements = new HashMap<>();

    /**
     * Nothing is read yet.
     *
     * @param isOutput whether what is said is a text of an output, of which nothing is stripped
     * @param isContinued whether the text goes on with what was begun, so that nothing is stripped at its beginning
     */
    AnswerReader(String text, ToolConvention convention, boolean isOutput, boolean isContinued) {
        this.text = text;
        this.convention = convention;
        this.isOutput = isOutput;
        this.isContinued = isContinued;
    }

    void read(TagSpan span) {
        String inside = text.substring(span.start(), span.end());
        switch (span.name()) {
            case CallFormat.THOUGHT -> thought = Optional.of(stripped(inside, span.start()));
            case CallFormat.TEXT -> {
                textStart = span.start();
                textEnd = span.end();
            }
            case CallFormat.CALLS ->
                textEnd = Math.max(
                        textStart,
                        Math.min(textEnd, span.start() - convention.trigger().length()));
            case CallFormat.CALL -> {}
            case CallFormat.NAME -> names.add(inside);
            case CallFormat.ARGUMENTS -> arguments.add(inside);
            case CallFormat.ID -> ids.add(inside);
            default -> element(span.name(), inside);
        }
    }

    /** Reads a value whose span has its kind and its JSON pointer for a name. */
    private void element(String name, String inside) {
        ObjectNode members = elements.computeIfAbsent(arguments.size() - 1, none -> MAPPER.createObjectNode());
        int colon = name.indexOf(':');
        JsonNode value = switch (name.substring(0, colon)) {
            case "json" -> MAPPER.readTree(inside);
            case "object" -> MAPPER.createObjectNode();
            case "array" -> MAPPER.createArrayNode();
            case "python" -> PythonLiteral.read(inside);
            default -> MAPPER.getNodeFactory().stringNode(unwrapped(inside));
        };
        String[] path = name.substring(colon + 2).split("/", -1);
        JsonNode parent = members;
        for (int i = 0; i + 1 < path.length; i++) {
            parent = parent instanceof ArrayNode list ? list.get(list.size() - 1) : parent.get(unescaped(path[i]));
        }
        if (parent instanceof ArrayNode list) {
            list.add(value);
        } else {
            ((ObjectNode) parent).set(unescaped(path[path.length - 1]), value);
        }
    }

    private static String unescaped(String name) {
        return name.replace("~1", "/").replace("~0", "~");
    }

    private String unwrapped(String inside) {
        boolean isWrapped = convention.style().isWrapped()
                && inside.length() > 1
                && inside.startsWith("\n")
                && inside.endsWith("\n");
        return isWrapped ? inside.substring(1, inside.length() - 1) : inside;
    }

    ToolAnswer answer() {
        List<ToolCall> calls = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            calls.add(call(i, i));
        }
        String said = text.substring(textStart, textEnd);
        return new ToolAnswer(thought, isOutput ? said : stripped(said, textStart), calls);
    }

    private String stripped(String part, int start) {
        return isContinued && start == 0 ? part.stripTrailing() : part.strip();
    }

    /**
     * A call that was read.
     *
     * @param index which of those that were read
     * @param number its number in the answer
     */
    ToolCall call(int index, int number) {
        ObjectNode members = elements.get(index);
        String json = convention.style() == ValueStyle.JSON
                ? arguments.get(index).strip()
                : members == null ? "{}" : members.toString();
        return new ToolCall(index < ids.size() ? ids.get(index) : "call_" + number, names.get(index), json);
    }
}
