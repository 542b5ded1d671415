package dev.espalier.jsonschemabench.unseen.input;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Arrays put around schemas: of different items, counted, with items that must be there. */
record ArrayChanges(SchemaParts parts, ScalarChanges scalars, Dice dice) {

    /** An array whose items differ, or do not. */
    JsonNode unique(JsonNode items) {
        ObjectNode array = Json.object();
        if (!dice.once(4)) {
            array.put("type", "array");
        }
        JsonNode of = switch (dice.below(6)) {
            case 0 -> dice.once(2) ? scalars.number() : Json.object().put("type", "number");
            case 1 -> scalars.string();
            case 2 -> scalars.words();
            case 3 -> parts.inner(dice);
            default -> items;
        };
        if (!dice.once(5)) {
            array.set("items", of);
        }
        bounds(array, dice.once(3) ? 4 : 300);
        return differing(array);
    }

    private JsonNode differing(ObjectNode array) {
        switch (dice.below(8)) {
            case 0, 1 -> array.putObject("not").put("uniqueItems", true);
            case 2 -> {
                ObjectNode both = Json.object();
                ObjectNode other = Json.object().put("uniqueItems", true);
                other.set("items", scalars.scalar());
                both.set(dice.one(List.of("anyOf", "oneOf")), Json.array(List.of(other, array)));
                return both;
            }
            default -> array.put("uniqueItems", true);
        }
        return array;
    }

    private void bounds(ObjectNode array, int most) {
        int least = 0;
        if (dice.once(4)) {
            least = dice.magnitude(1, most);
            array.put("minItems", least);
        }
        if (dice.once(2)) {
            array.put("maxItems", least + (dice.once(2) ? dice.between(1, 4) : dice.magnitude(1, most)));
        }
    }

    /** An array of a number of items. */
    JsonNode counted(JsonNode items) {
        ObjectNode array = Json.object().put("type", "array");
        array.set("items", items);
        bounds(array, 5_000);
        return array;
    }

    /** An array in which items of some kinds must be, so and so many of each. */
    JsonNode containing(JsonNode items) {
        ObjectNode array = Json.object().put("type", "array");
        List<JsonNode> all = new ArrayList<>();
        for (int i = dice.magnitude(1, 8); i > 0; i--) {
            ObjectNode one = Json.object();
            one.set("contains", dice.once(2) ? scalars.scalar() : parts.inner(dice));
            if (dice.once(2)) {
                int least = dice.below(4);
                one.put("minContains", least);
                if (dice.once(2)) {
                    one.put("maxContains", least + dice.magnitude(1, 20));
                }
            }
            all.add(one);
        }
        array.set("allOf", Json.array(all));
        if (dice.once(2)) {
            array.set("items", items);
        }
        bounds(array, 40);
        return array;
    }

    /** An array whose first items are each of another kind. */
    JsonNode row(JsonNode items) {
        ObjectNode array = Json.object().put("type", "array");
        List<JsonNode> first = new ArrayList<>(List.of(items));
        for (int i = dice.below(4); i > 0; i--) {
            first.add(parts.inner(dice));
        }
        array.set("items", Json.array(first));
        if (dice.once(2)) {
            array.set("additionalItems", dice.once(2) ? Json.bool(false) : scalars.scalar());
        }
        return dice.once(3) ? array.put("uniqueItems", true) : array;
    }
}
