package dev.espalier.jsonschemabench.unseen.input;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Schemas combined with each other. */
record LogicChanges(SchemaParts parts, ScalarChanges scalars, Dice dice) {

    /** All, any or one of the schema and others. */
    JsonNode combined(String keyword, JsonNode schema) {
        List<JsonNode> all = new ArrayList<>(List.of(schema));
        for (int i = dice.magnitude(1, 6); i > 0; i--) {
            all.add(
                    switch (dice.below(4)) {
                        case 0 -> scalars.scaled(schema.deepCopy());
                        case 1 -> scalars.scalar();
                        default -> parts.inner(dice);
                    });
        }
        ObjectNode both = Json.object();
        both.set(keyword, Json.array(all));
        return both;
    }

    /** The schema, but not another one; or one of its keywords turned into its contrary. */
    JsonNode without(JsonNode schema) {
        if (!(schema instanceof ObjectNode object) || object.isEmpty() || dice.once(3)) {
            ObjectNode both = Json.object();
            both.set("allOf", Json.array(List.of(schema)));
            both.set("not", dice.once(2) ? scalars.scalar() : parts.inner(dice));
            return both;
        }
        List<String> keywords = object.propertyNames().stream()
                .filter(keyword -> !keyword.equals("$ref"))
                .toList();
        if (!keywords.isEmpty()) {
            String keyword = dice.one(keywords);
            ObjectNode not = Json.object();
            not.set(keyword, object.remove(keyword));
            object.set("not", not);
        }
        return object;
    }

    /** The schema under a condition. */
    JsonNode conditional(JsonNode schema) {
        ObjectNode both = Json.object();
        both.set("if", dice.once(2) ? scalars.scalar() : parts.inner(dice));
        both.set("then", schema);
        if (dice.once(2)) {
            both.set("else", parts.inner(dice));
        }
        return both;
    }

    /** Alternatives that each share a part, told apart by one member or not at all. */
    JsonNode shared(JsonNode schema) {
        List<JsonNode> alternatives = new ArrayList<>();
        String kind = parts.word(dice);
        boolean told = dice.once(2);
        for (int i = told ? dice.magnitude(2, 200) : dice.between(2, 5); i > 0; i--) {
            ObjectNode own = Json.object().put("type", "object");
            ObjectNode members = own.putObject("properties");
            if (told) {
                members.putObject(kind).put("const", parts.word(dice) + i);
                own.putArray("required").add(kind);
            }
            members.set(parts.word(dice), alternatives.size() < 8 ? parts.inner(dice) : scalars.number());
            ObjectNode both = Json.object();
            both.set("allOf", Json.array(List.of(schema.deepCopy(), own)));
            alternatives.add(alternatives.size() < 8 ? both : own);
        }
        ObjectNode one = Json.object();
        one.set(dice.once(3) ? "anyOf" : "oneOf", Json.array(alternatives));
        return one;
    }
}
