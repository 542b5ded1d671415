package dev.espalier.jsonschemabench.hard;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The hard cases that are about the shape of schemas: deep, large, recursive, repeated. */
final class StructureCases {

    private static final int DEPTH = 800;

    private StructureCases() {}

    static List<HardCase> all() {
        return List.of(deepArrays(), deepObjects(), new LargeSchema().hardCase(915_000), items(), person(), tree());
    }

    private static HardCase deepArrays() {
        ObjectNode schema = JsonTexts.node().put("type", "integer");
        JsonNode value = JsonTexts.array().add(7).get(0);
        for (int i = 0; i < DEPTH; i++) {
            ObjectNode outer = JsonTexts.node().put("type", "array");
            outer.set("items", schema);
            schema = outer;
            value = JsonTexts.array().add(value);
        }
        return JsonTexts.of("depth-800-arrays", "arrays in arrays, 800 deep", schema, value);
    }

    private static HardCase deepObjects() {
        Prose prose = new Prose(30);
        ObjectNode schema = JsonTexts.node().put("type", "string");
        JsonNode value = JsonTexts.array().add("core").get(0);
        for (int i = 0; i < DEPTH; i++) {
            String key = prose.word();
            ObjectNode outer = JsonTexts.object();
            JsonTexts.member(outer, key, true).setAll(schema);
            JsonTexts.member(outer, "note", false).put("type", "integer");
            schema = outer;
            ObjectNode around = JsonTexts.node();
            around.set(key, value);
            value = i % 5 == 0 ? around.put("note", i) : around;
        }
        return JsonTexts.of("depth-800-objects", "objects in objects, 800 deep", schema, value);
    }

    private static HardCase items() {
        Prose prose = new Prose(31);
        ObjectNode item = JsonTexts.object();
        JsonTexts.member(item, "id", true).put("type", "integer").put("minimum", 0);
        JsonTexts.member(item, "name", true).put("type", "string");
        ObjectNode tags =
                JsonTexts.member(item, "tags", false).put("type", "array").put("maxItems", 5);
        tags.putObject("items").put("type", "string");
        ObjectNode schema =
                JsonTexts.node().put("type", "array").put("minItems", 2).put("maxItems", 500);
        schema.set("items", item);
        ArrayNode value = JsonTexts.array();
        for (int i = 0; i < 500; i++) {
            ObjectNode one = value.addObject().put("id", i).put("name", prose.words(2, " "));
            if (i % 4 == 0) {
                one.putArray("tags").add(prose.word()).add(prose.word());
            }
        }
        return JsonTexts.of("items-2-500", "an array of 2 to 500 objects", schema, value);
    }

    private static HardCase person() {
        Prose prose = new Prose(32);
        ObjectNode address = JsonTexts.object();
        JsonTexts.member(address, "street", true).put("type", "string");
        JsonTexts.member(address, "city", true).put("type", "string");
        JsonTexts.member(address, "zip", true).put("type", "string").put("pattern", "^[0-9]{5}$");
        ObjectNode schema = JsonTexts.object();
        JsonTexts.member(schema, "name", true).put("type", "string").put("minLength", 1);
        JsonTexts.member(schema, "age", true)
                .put("type", "integer")
                .put("minimum", 0)
                .put("maximum", 150);
        JsonTexts.member(schema, "email", false).put("type", "string").put("format", "email");
        JsonTexts.member(schema, "married", false).put("type", "boolean");
        JsonTexts.member(schema, "address", true).setAll(address);
        JsonTexts.member(schema, "hobbies", false)
                .put("type", "array")
                .putObject("items")
                .put("type", "string");
        JsonNode[] values = new JsonNode[12];
        for (int i = 0; i < values.length; i++) {
            ObjectNode value = JsonTexts.node().put("name", prose.words(2, " ")).put("age", prose.below(99));
            value.put("email", prose.word() + "@" + prose.words(2, "-") + ".example")
                    .put("married", i % 2 == 0);
            value.putObject("address")
                    .put("street", prose.words(3, " "))
                    .put("city", prose.word())
                    .put("zip", "%05d".formatted(prose.below(100_000)));
            value.putArray("hobbies").add(prose.word()).add(prose.words(2, " "));
            values[i] = value;
        }
        return JsonTexts.of("person", "an ordinary schema of a person", schema, values);
    }

    private static HardCase tree() {
        ObjectNode node = JsonTexts.object();
        JsonTexts.member(node, "value", true).put("type", "integer");
        JsonTexts.member(node, "children", true)
                .put("type", "array")
                .putObject("items")
                .put("$ref", "#/$defs/node");
        ObjectNode schema = JsonTexts.node().put("$ref", "#/$defs/node");
        schema.putObject("$defs").set("node", node);
        JsonNode path = branch(0, 0);
        for (int i = 0; i < 150; i++) {
            ObjectNode outer = JsonTexts.node().put("value", i);
            outer.putArray("children").add(path);
            path = outer;
        }
        return JsonTexts.of("tree", "a recursive tree by $ref", schema, branch(7, 2), path);
    }

    private static ObjectNode branch(int depth, int width) {
        ObjectNode node = JsonTexts.node().put("value", depth);
        ArrayNode children = node.putArray("children");
        for (int i = 0; i < width && depth > 0; i++) {
            children.add(branch(depth - 1, width));
        }
        return node;
    }
}
