package dev.espalier.jsonschemabench.soak;

import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Endlessly many schemas such as tools and answers of language models have, no two alike: objects of scalars, enumerations,
 * patterns, lists, alternatives and trees. The schema of a number is always the same for one seed. Immutable.
 *
 * @param seed decides all schemas
 */
public record RandomSchemas(long seed) {

    private static final int DEPTH = 3;
    private static final List<String> WORDS = List.of(
            "name", "id", "type", "status", "count", "price", "items", "user", "address", "city", "zip", "note", "tags",
            "created", "updated", "enabled", "limit", "offset", "query", "email", "phone", "url", "unit", "amount",
            "kind", "label", "source", "target", "mode", "level");
    private static final List<String> FORMATS = List.of("date", "date-time", "uuid", "ipv4", "email");

    /** The text of a schema. */
    public String text(int number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + number);
        ObjectNode root = JsonMapper.shared().createObjectNode();
        object(root, DEPTH, random);
        String own = "k" + Integer.toString(number, Character.MAX_RADIX); // in no other schema
        root.withObject("/properties").set(own, value(DEPTH - 1, random));
        if (random.nextInt(8) == 0) {
            tree(root);
        }
        return root.toString();
    }

    private static void tree(ObjectNode root) {
        ObjectNode node = root.putObject("$defs").putObject("node");
        node.put("type", "object").putArray("required").add("value");
        ObjectNode members = node.putObject("properties");
        members.putObject("value").put("type", "integer");
        members.putObject("children").put("type", "array").putObject("items").put("$ref", "#/$defs/node");
        root.withObject("/properties").putObject("tree").put("$ref", "#/$defs/node");
    }

    private static void object(ObjectNode schema, int depth, SplittableRandom random) {
        schema.put("type", "object");
        ObjectNode members = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (int left = 1 + random.nextInt(6); left > 0; left--) {
            String name = word(random) + (random.nextInt(3) == 0 ? "_" + word(random) : "");
            if (!members.has(name)) {
                members.set(name, value(depth - 1, random));
                if (random.nextBoolean()) {
                    required.add(name);
                }
            }
        }
        if (random.nextInt(3) > 0) {
            schema.put("additionalProperties", false);
        }
    }

    private static ObjectNode value(int depth, SplittableRandom random) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        switch (random.nextInt(depth > 0 ? 12 : 9)) {
            case 0 -> schema.put("type", "string");
            case 1 -> schema.put("type", "string").put("maxLength", 1 + random.nextInt(300));
            case 2 -> schema.put("type", "string").put("pattern", pattern(random));
            case 3 -> schema.put("type", "string").put("format", FORMATS.get(random.nextInt(FORMATS.size())));
            case 4 -> words(schema.putArray("enum"), random);
            case 5 ->
                schema.put("type", "integer")
                        .put("minimum", random.nextInt(100))
                        .put("maximum", 100 + random.nextInt(100_000));
            case 6 -> schema.put("type", "number").put("minimum", 0);
            case 7 -> schema.put("type", "boolean");
            case 8 -> schema.putArray("type").add("null").add(random.nextBoolean() ? "string" : "integer");
            case 9 -> object(schema, depth, random);
            case 10 ->
                schema.put("type", "array")
                        .put("maxItems", 1 + random.nextInt(20))
                        .set("items", value(depth - 1, random));
            default -> alternatives(schema.putArray("anyOf"), depth, random);
        }
        return schema;
    }

    private static void alternatives(ArrayNode all, int depth, SplittableRandom random) {
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            ObjectNode one = all.addObject();
            object(one, depth, random);
            one.withObject("/properties").putObject("type").put("const", word(random) + i);
            one.withArray("/required").removeAll().add("type");
        }
    }

    private static void words(ArrayNode all, SplittableRandom random) {
        for (int i = 2 + random.nextInt(12); i > 0; i--) {
            all.add(word(random) + "-" + i);
        }
    }

    private static String pattern(SplittableRandom random) {
        String word = word(random);
        int count = 1 + random.nextInt(40);
        return switch (random.nextInt(5)) {
            case 0 -> "^" + word + "-[0-9]{1," + count + "}$";
            case 1 -> "^[a-" + (char) ('f' + random.nextInt(20)) + "0-9_]+$";
            case 2 -> "^(" + word + "|" + word(random) + ")(/[^/]{1," + count + "})*$";
            case 3 -> "^[A-Z][a-z]{2," + (2 + count) + "}( [A-Z][a-z]+)?$";
            default -> word + "[.:]\\d+";
        };
    }

    private static String word(SplittableRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
