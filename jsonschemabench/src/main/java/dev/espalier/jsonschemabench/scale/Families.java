// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import dev.espalier.jsonschemabench.maskbench.InstanceText;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas of any size or depth, each with a text that it allows. */
final class Families {

    private Families() {}

    /** An object of so many members of all kinds, half of them required; the text has them all. */
    static Written members(int count) {
        ObjectNode schema = JsonMapper.shared().createObjectNode().put("type", "object");
        ObjectNode members = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        schema.put("additionalProperties", false);
        ObjectNode value = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < count; i++) {
            String name = name(i);
            ObjectNode member = members.putObject(name);
            switch (i % 5) {
                case 0 -> member.put("type", "string").put("maxLength", 10 + i);
                case 1 -> member.put("type", "integer").put("minimum", 0).put("maximum", 1000 + i);
                case 2 -> member.putArray("enum").add("first").add("second").add("third " + i);
                case 3 -> member.put("type", "string").put("pattern", "^[a-z]+-[0-9]{1," + (i + 1) + "}$");
                default -> member.put("type", "array").putObject("items").put("type", "boolean");
            }
            switch (i % 5) {
                case 0 -> value.put(name, "a text");
                case 1 -> value.put(name, i % 1000);
                case 2 -> value.put(name, "third " + i);
                case 3 -> value.put(name, "item-1");
                default -> value.putArray(name).add(true).add(false);
            }
            if (i % 2 == 0) {
                required.add(name);
            }
        }
        return written(schema, value);
    }

    private static String name(int index) {
        return List.of("name", "count", "state", "code", "flags", "unit", "owner")
                        .get(index % 7) + "_" + index;
    }

    /** The schema of a tool with twenty members: what many threads share. */
    static String tool() {
        return members(20).schema();
    }

    /** One of so many strings; the text is the last. */
    static Written choice(int count) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        ArrayNode all = schema.putArray("enum");
        for (int i = 0; i < count; i++) {
            all.add("choice " + Integer.toString(i * 7919 % 1_000_003, 36) + " of many");
        }
        return new Written(schema.toString(), all.get(count - 1).toString());
    }

    /** A string of at most so many characters; the text has a third of them. */
    static Written bounded(int count) {
        ObjectNode schema =
                JsonMapper.shared().createObjectNode().put("type", "string").put("maxLength", count);
        String text = "a few words ".repeat(count / 36 + 1);
        return new Written(schema.toString(), '"' + text.substring(0, Math.max(1, count / 3)) + '"');
    }

    /** Items that must differ, each one of so many strings; the text has the last eight. */
    static Written differentChoices(int count) {
        ObjectNode schema = JsonMapper.shared().createObjectNode().put("type", "array");
        schema.put("uniqueItems", true);
        ArrayNode all = schema.putObject("items").putArray("enum");
        ArrayNode text = JsonMapper.shared().createArrayNode();
        for (int i = 0; i < count; i++) {
            String one = "choice " + Integer.toString(i * 7919 % 1_000_003, 36) + " of many";
            all.add(one);
            if (i >= count - 8) {
                text.add(one);
            }
        }
        return new Written(schema.toString(), InstanceText.OFFICIAL.of(text.toString()));
    }

    /** Strings that must differ; the text has so many. */
    static Written differentTexts(int count) {
        ArrayNode text = JsonMapper.shared().createArrayNode();
        for (int i = 0; i < count; i++) {
            text.add("text " + Integer.toString(i * 7919 % 1_000_003, 36));
        }
        return new Written(
                "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\"}}",
                InstanceText.OFFICIAL.of(text.toString()));
    }

    /** A pattern of at most so many words of at most twelve letters; the text has a third of them, but no more than a hundred. */
    static Written words(int count) {
        String schema = "{\"type\":\"string\",\"pattern\":\"^([a-z]{1,12} ?){1," + count + "}$\"}";
        String text = "a few words ".repeat(Math.min(33, count / 9 + 1)).strip();
        return new Written(schema, '"' + (count < 3 ? "a" : text) + '"');
    }

    /** Objects inside each other, so many levels deep, in schema and text. */
    static Written nested(int levels) {
        String schema = "{\"type\":\"object\",\"properties\":{\"in\":".repeat(levels)
                + "{\"type\":\"integer\"}"
                + "},\"required\":[\"in\"]}".repeat(levels);
        return new Written(schema, "{\"in\": ".repeat(levels) + "7" + "}".repeat(levels));
    }

    /** A tree's schema, and a text that is so many levels deep. */
    static Written tree(int levels) {
        ObjectNode schema = JsonMapper.shared().createObjectNode().put("type", "object");
        ObjectNode members = schema.putObject("properties");
        members.putObject("value").put("type", "integer");
        members.putObject("children").put("type", "array").putObject("items").put("$ref", "#");
        String text = "{\"value\": 1, \"children\": [".repeat(levels) + "{\"value\": 2}" + "]}".repeat(levels);
        return new Written(schema.toString(), text);
    }

    private static Written written(ObjectNode schema, ObjectNode value) {
        return new Written(schema.toString(), InstanceText.OFFICIAL.of(value.toString()));
    }
}
