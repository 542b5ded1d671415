package dev.espalier.jsonschemabench.unseen.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mixes one schema: it begins with one of the corpora, with a part of one or with nothing, and some changes follow, each at a
 * place of chance. One schema, one thread.
 */
final class SchemaMixer {

    private static final int LONGEST = 60_000;
    private static final List<String> METASCHEMAS = List.of(
            "http://json-schema.org/draft-07/schema#",
            "http://json-schema.org/draft-06/schema#",
            "http://json-schema.org/draft-04/schema#",
            "https://json-schema.org/draft/2019-09/schema",
            "https://json-schema.org/draft/2020-12/schema");

    private final Weights weights;
    private final SchemaParts parts;
    private final Dice dice;
    private final ScalarChanges scalars;
    private final ArrayChanges arrays;
    private final ObjectChanges objects;
    private final LogicChanges logic;
    private final List<String> made = new ArrayList<>();
    private final ObjectNode holder = Json.object();

    SchemaMixer(Weights weights, SchemaParts parts, Dice dice) {
        this.weights = weights;
        this.parts = parts;
        this.dice = dice;
        this.scalars = new ScalarChanges(weights, parts, dice);
        this.arrays = new ArrayChanges(parts, scalars, dice);
        this.objects = new ObjectChanges(parts, scalars, dice);
        this.logic = new LogicChanges(parts, scalars, dice);
    }

    /** The schema. */
    ObjectNode mix() {
        holder.set("root", base());
        int changes = 1;
        while (changes < 6 && dice.once(2)) {
            changes++;
        }
        for (int i = 0; i < changes; i++) {
            if (holder.path("root").toString().length() < LONGEST) {
                change();
            }
        }
        ObjectNode root = Json.object();
        boolean newest = dice.once(4);
        root.put("$schema", newest ? METASCHEMAS.get(4) : dice.once(3) ? METASCHEMAS.get(3) : METASCHEMAS.get(0));
        if (holder.path("root") instanceof ObjectNode object) {
            root.setAll(newest ? newest(object) : object);
        }
        if (holder.has("definition")) {
            root.putObject("definitions").set("part", holder.path("definition"));
        }
        return root;
    }

    /** What was done, in order. */
    List<String> made() {
        return List.copyOf(made);
    }

    private JsonNode base() {
        String base = weights.choose("base", dice);
        made.add(base);
        return switch (base) {
            case "whole" -> parts.whole(dice);
            case "made" -> objects.made();
            case "scalar" -> scalars.scalar();
            case "nothing" -> Json.object();
            default -> parts.inner(dice);
        };
    }

    private void change() {
        SchemaPlaces.Place place = new SchemaPlaces.Place(holder, "root", -1);
        if (dice.once(2)) {
            List<SchemaPlaces.Place> inner = SchemaPlaces.of(holder.path("root"));
            place = inner.isEmpty() ? place : dice.one(inner);
        }
        String change = weights.choose("change", dice);
        made.add(change);
        JsonNode old = place.get();
        place.set(changed(change, old));
    }

    private JsonNode changed(String change, JsonNode old) {
        return switch (change) {
            case "exchange" -> dice.once(3) ? parts.whole(dice) : parts.inner(dice);
            case "scale" -> everywhereScaled(old);
            case "unique" -> arrays.unique(old);
            case "items" -> arrays.counted(old);
            case "contains" -> arrays.containing(old);
            case "row" -> arrays.row(old);
            case "patterns" -> objects.patterns(old);
            case "members" -> objects.counted(old);
            case "required" -> objects.required(old);
            case "names" -> objects.names(old);
            case "others" -> objects.others(old);
            case "dependent" -> objects.dependent(old);
            case "string" -> scalars.string();
            case "words" -> scalars.words();
            case "multiple" -> scalars.multiple(old);
            case "bound" -> scalars.bounded(old);
            case "allOf", "anyOf", "oneOf" -> logic.combined(change, old);
            case "not" -> logic.without(old);
            case "if" -> logic.conditional(old);
            case "shared" -> logic.shared(old);
            case "metaschema" -> Json.object().put("$ref", dice.one(METASCHEMAS));
            case "definition" -> defined(old);
            default -> recursive(old);
        };
    }

    private JsonNode everywhereScaled(JsonNode schema) {
        scalars.scaled(schema);
        SchemaPlaces.of(schema).forEach(place -> scalars.scaled(place.get()));
        return schema;
    }

    private JsonNode defined(JsonNode schema) {
        if (!holder.has("definition")) {
            holder.set("definition", schema);
        }
        return Json.object().put("$ref", "#/definitions/part");
    }

    /** The schema with a reference to the root, or to what is defined, below one of its keywords. */
    private JsonNode recursive(JsonNode schema) {
        String target = holder.has("definition") && dice.once(2) ? "#/definitions/part" : "#";
        JsonNode reference = Json.object().put("$ref", target);
        ObjectNode object = schema instanceof ObjectNode own ? own : Json.object();
        String keyword = dice.one(List.of(
                "items",
                "additionalProperties",
                "properties",
                "patternProperties",
                "contains",
                "anyOf",
                "oneOf",
                "not",
                "additionalItems",
                "if"));
        switch (keyword) {
            case "properties" -> object.withObject("/properties").set(parts.word(dice), reference);
            case "patternProperties" -> object.withObject("/patternProperties").set(parts.pattern(dice), reference);
            case "anyOf", "oneOf" -> {
                ObjectNode array = Json.object().put("type", "array");
                array.set("items", reference);
                object.set(keyword, Json.array(List.of(scalars.scalar(), array)));
            }
            case "not", "if" -> {
                ObjectNode inside = Json.object().put("type", "object");
                inside.putObject("properties").set(parts.word(dice), reference);
                object.set(keyword, inside);
            }
            default -> object.set(keyword, reference);
        }
        return object;
    }

    /** The same in 2020-12, which has other words for rows of items. */
    private static ObjectNode newest(ObjectNode schema) {
        List<JsonNode> all = new ArrayList<>(List.of(schema));
        SchemaPlaces.of(schema).forEach(place -> all.add(place.get()));
        for (JsonNode one : all) {
            if (one instanceof ObjectNode object && object.path("items").isArray()) {
                JsonNode prefix = object.remove("items");
                JsonNode rest = object.remove("additionalItems");
                if (prefix.size() > 0) {
                    object.set("prefixItems", prefix);
                }
                if (rest != null) {
                    object.set("items", rest);
                }
            }
        }
        return schema;
    }

    /** The names of changes that there are. */
    static Set<String> changes() {
        return Set.of(
                "exchange",
                "scale",
                "unique",
                "items",
                "contains",
                "row",
                "patterns",
                "members",
                "required",
                "names",
                "others",
                "dependent",
                "string",
                "words",
                "multiple",
                "bound",
                "allOf",
                "anyOf",
                "oneOf",
                "not",
                "if",
                "shared",
                "metaschema",
                "definition",
                "recursion");
    }
}
