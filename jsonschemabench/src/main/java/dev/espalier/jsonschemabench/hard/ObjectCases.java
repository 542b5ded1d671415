package dev.espalier.jsonschemabench.hard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The hard cases that are about the members of objects: many of them, and many objects to choose from. */
final class ObjectCases {

    private static final String[] TYPES = {"string", "integer", "boolean", "number"};

    private ObjectCases() {}

    static List<HardCase> all() {
        return List.of(optional60(), required587(), optional311(), tools());
    }

    private static HardCase optional60() {
        Prose prose = new Prose(20);
        List<String> keys = prose.names(60, 2, "_");
        List<JsonNode> values = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            double share = 0.25 * (i + 1);
            values.add(value(prose, keys, key -> prose.chance(share)));
        }
        return JsonTexts.of(
                "optional-60",
                "60 optional members",
                schema(keys, false),
                values,
                List.of(value(prose, prose.shuffled(keys), key -> true)));
    }

    private static HardCase required587() {
        Prose prose = new Prose(21);
        List<String> keys = prose.names(587, 2, "-").stream()
                .map(key -> "configuration.service.example/settings." + key)
                .toList();
        return JsonTexts.of(
                "required-587",
                "587 required members with one long common prefix",
                schema(keys, true),
                List.of(value(prose, keys, key -> true)),
                List.of(value(prose, prose.shuffled(keys), key -> true)));
    }

    private static HardCase optional311() {
        Prose prose = new Prose(22);
        List<String> keys = prose.names(311, 2, "");
        return JsonTexts.of(
                "optional-311",
                "311 optional members, in any order",
                schema(keys, false),
                List.of(value(prose, keys, key -> prose.chance(0.5))),
                List.of(
                        value(prose, prose.shuffled(keys), key -> true),
                        value(prose, prose.shuffled(keys), key -> prose.chance(0.3))));
    }

    private static ObjectNode schema(List<String> keys, boolean required) {
        ObjectNode schema = JsonTexts.object();
        for (String key : keys) {
            JsonTexts.member(schema, key, required).put("type", type(key));
        }
        return schema;
    }

    /** The type of a member, always the same for a key. */
    private static String type(String key) {
        return TYPES[Math.floorMod(key.hashCode(), TYPES.length)];
    }

    /** A value with the members that are chosen, by their place. */
    private static ObjectNode value(Prose prose, List<String> keys, IntPredicate chosen) {
        ObjectNode value = JsonTexts.node();
        for (int i = 0; i < keys.size(); i++) {
            if (chosen.test(i)) {
                put(prose, keys.get(i), type(keys.get(i)), value);
            }
        }
        return value;
    }

    private static void put(Prose prose, String key, String type, ObjectNode value) {
        switch (type) {
            case "string" -> value.put(key, prose.words(prose.between(1, 4), " "));
            case "integer" -> value.put(key, prose.below(100_000));
            case "boolean" -> value.put(key, prose.chance(0.5));
            default -> value.put(key, prose.below(100_000) / 100.0);
        }
    }

    private static HardCase tools() {
        Prose prose = new Prose(23);
        List<String> names = new ArrayList<>();
        List<List<String>> arguments = new ArrayList<>();
        for (String name : prose.names(400, 2, "_")) {
            names.add((prose.chance(0.5) ? "get_" : "update_") + name);
            arguments.add(prose.names(prose.between(1, 6), 2, "_"));
        }
        ObjectNode schema = JsonTexts.node().put("type", "array");
        ArrayNode choices = schema.putObject("items").putArray("anyOf");
        for (int i = 0; i < names.size(); i++) {
            ObjectNode tool = JsonTexts.object();
            JsonTexts.member(tool, "name", true).put("const", names.get(i));
            JsonTexts.member(tool, "arguments", true).setAll(schema(arguments.get(i), i % 2 == 0));
            choices.add(tool);
        }
        ArrayNode text = JsonTexts.array();
        for (int i = 0; i < 40; i++) {
            int tool = prose.below(names.size());
            ObjectNode call = text.addObject().put("name", names.get(tool));
            call.set("arguments", value(prose, arguments.get(tool), key -> true));
        }
        return JsonTexts.of("tools-400", "a choice among 400 tools with arguments", schema, text);
    }
}
