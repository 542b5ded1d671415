package dev.espalier.jsonschemabench.unseen.input;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is asked of the members of objects. */
record ObjectChanges(SchemaParts parts, ScalarChanges scalars, Dice dice) {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_";

    /** The schema itself if it is one of objects, or one of objects with it as a member. */
    private ObjectNode object(JsonNode schema) {
        if (schema instanceof ObjectNode own
                && (own.has("properties") || own.path("type").asString("").equals("object"))) {
            return own;
        }
        ObjectNode object = Json.object();
        if (!dice.once(4)) {
            object.put("type", "object");
        }
        if (!dice.once(3)) {
            object.putObject("properties").set(parts.word(dice), schema);
        }
        return object;
    }

    /** Patterns of names, several of which a name may match. */
    JsonNode patterns(JsonNode schema) {
        ObjectNode object = object(schema);
        ObjectNode patterns = object.putObject("patternProperties");
        int way = dice.below(5);
        for (int i = dice.between(1, 24); i > 0; i--) {
            patterns.set(namePattern(way), value());
        }
        if (dice.once(3)) {
            object.set("additionalProperties", dice.once(2) ? Json.bool(false) : scalars.scalar());
        }
        return object;
    }

    private String namePattern(int way) {
        String letter = LETTERS.charAt(dice.below(LETTERS.length())) + "";
        String word = parts.word(dice).replaceAll("[^A-Za-z0-9_]", "");
        return switch (way) {
            case 0, 4 -> letter;
            case 1 -> dice.once(2) ? "^" + letter : letter + "$";
            case 2 -> word.isEmpty() ? letter : word.substring(dice.below(word.length()));
            default -> parts.pattern(dice);
        };
    }

    private JsonNode value() {
        return dice.once(4) ? Json.bool(true) : dice.once(3) ? parts.inner(dice) : scalars.scalar();
    }

    /** Least and greatest numbers of members. */
    JsonNode counted(JsonNode schema) {
        ObjectNode object = object(schema);
        int least = 0;
        if (!dice.once(4)) {
            least = dice.magnitude(1, 5_000);
            object.put("minProperties", least);
        }
        if (dice.once(3)) {
            object.put("maxProperties", least + dice.magnitude(1, 500));
        }
        if (dice.once(10)) {
            object.set(
                    dice.one(List.of("minProperties", "maxProperties")),
                    Json.number(BigDecimal.ONE.movePointRight(dice.magnitude(4, 999))));
        }
        return object;
    }

    /** Many names that must be there. */
    JsonNode required(JsonNode schema) {
        ObjectNode object = object(schema);
        List<String> names = parts.words(dice.magnitude(2, 300), dice);
        object.set("required", Json.array(names.stream().map(Json::text).toList()));
        ObjectNode members = Json.object();
        object.path("properties").properties().forEach(old -> members.set(old.getKey(), old.getValue()));
        names.stream().filter(name -> dice.once(2)).forEach(name -> members.set(name, value()));
        object.set("properties", members);
        if (dice.once(2)) {
            object.put("additionalProperties", false);
        }
        return object;
    }

    /** What names must be. */
    JsonNode names(JsonNode schema) {
        ObjectNode object = object(schema);
        object.set("propertyNames", dice.once(4) ? parts.with("pattern", dice) : scalars.string());
        return object;
    }

    /** What other members may be. */
    JsonNode others(JsonNode schema) {
        ObjectNode object = object(schema);
        String keyword = dice.one(List.of("additionalProperties", "additionalProperties", "unevaluatedProperties"));
        object.set(keyword, dice.once(3) ? Json.bool(false) : value());
        return object;
    }

    /** Members that other members want. */
    JsonNode dependent(JsonNode schema) {
        ObjectNode object = object(schema);
        List<String> names = new ArrayList<>(object.path("properties").propertyNames());
        names.addAll(parts.words(3, dice));
        ObjectNode wanted = object.putObject("dependentRequired");
        for (int i = dice.between(1, 4); i > 0; i--) {
            wanted.set(dice.one(names), Json.array(List.of(Json.text(dice.one(names)))));
        }
        return object;
    }

    /** Another object of several members. */
    JsonNode made() {
        ObjectNode object = Json.object().put("type", "object");
        ObjectNode members = object.putObject("properties");
        List<JsonNode> required = new ArrayList<>();
        for (String name : parts.words(dice.magnitude(1, 12), dice)) {
            members.set(name, parts.inner(dice));
            if (dice.once(2)) {
                required.add(Json.text(name));
            }
        }
        object.set("required", Json.array(required));
        return dice.once(2) ? object.put("additionalProperties", false) : object;
    }
}
