// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mixes one schema: it begins with one of the corpora, with a part of one or with nothing, and some changes follow, each at a
 * place of chance. {@code recipes.json} says what they are; also what shapes of texts are: one of {@code {"text"}}, {@code {"chars":
 * "azAZ", "not"}} (pairs of first and last characters), {@code {"seq": […]}}, {@code {"alt": […]}}, {@code {"times": [shape, least, most]}}
 * (−1: no end) and {@code {"rule"}}. They are trees of JSON, so that they are made smaller as schemas are. One input, one thread.
 */
final class SchemaMixer {

    private static final JsonNode RECIPES = RandomJson.recipes(SchemaMixer.class, "recipes.json");
    private static final int LONGEST = 60_000;
    private static final int MOST_WORDS = 400;
    private static final Set<String> BOUNDS = SchemaPlaces.keywords("bound");

    private final Weights weights;
    private final SchemaParts parts;
    private final Dice dice;
    private final RandomJson random;
    private final List<String> rules = new ArrayList<>();
    private final List<String> made = new ArrayList<>();
    private final ObjectNode holder = Json.object();
    private JsonNode old = Json.object();

    SchemaMixer(Weights weights, SchemaParts parts, Dice dice) {
        this.weights = weights;
        this.parts = parts;
        this.dice = dice;
        this.random = new RandomJson(RECIPES, weights, dice, 0)
                .source("whole", words -> parts.whole(dice))
                .source("inner", words -> parts.inner(dice))
                .source("with", words -> parts.with(words.get(0), dice))
                .source("value", words -> parts.value(dice))
                .source("word", words -> Json.text(parts.word(dice)))
                .source("pattern", words -> Json.text(parts.pattern(dice)))
                .source(
                        "several",
                        words -> several(dice.magnitude(RandomJson.number(words, 0), RandomJson.number(words, 1))))
                .source("values", words -> values())
                .source(
                        "letter",
                        words -> Json.text("abcdefghijklmnopqrstuvwxyz0123456789_".charAt(dice.below(37)) + ""))
                .source("syllable", words -> Json.text(syllable()))
                .source("own-name", words -> Json.text(dice.one(names())))
                .source("odd", words -> Json.number(odd(words)))
                .source("limit", words -> Json.number(limit()))
                .source("power", words -> Json.number(BigDecimal.ONE.movePointRight(dice.magnitude(4, 999))))
                .source("old", words -> old(words))
                .source("contrary", words -> contrary())
                .source("scaled", words -> scaled(words.isEmpty()))
                .source("defined", words -> defined())
                .source(
                        "target",
                        words -> Json.text(holder.has("definition") && dice.once(2) ? "#/definitions/part" : "#"))
                .source("regex", words -> regex())
                .source("limits", words -> limits(words.isEmpty() ? weights.choose("times", dice) : words.get(0)))
                .source(
                        "rule",
                        words -> rules.isEmpty() ? make("chars") : Json.object().put("rule", dice.one(rules)));
    }

    private JsonNode make(String recipe) {
        return random.make(recipe);
    }

    /** The schema. */
    ObjectNode mix() {
        String base = weights.choose("base", dice);
        made.add(base);
        holder.set("root", make(base));
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
        String draft = newest ? "draft/2020-12/schema" : dice.once(3) ? "draft/2019-09/schema" : "draft-07/schema#";
        root.put("$schema", (draft.startsWith("draft/") ? "https" : "http") + "://json-schema.org/" + draft);
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

    /** A grammar: {@code {"rules": {"root": shape, …}}}. */
    ObjectNode grammar() {
        rules.add("root");
        for (int i = dice.below(5); i > 0; i--) {
            rules.add("r" + rules.size());
        }
        ObjectNode grammar = Json.object();
        ObjectNode all = grammar.putObject("rules");
        rules.forEach(rule -> all.set(rule, random.make("shape", 3)));
        return grammar;
    }

    /** The shape of a pattern, which refers to no rule. */
    JsonNode pattern() {
        return random.make("shape", dice.between(1, 3));
    }

    private void change() {
        SchemaPlaces.Place place = new SchemaPlaces.Place(holder, "root", -1);
        if (dice.once(2)) {
            List<SchemaPlaces.Place> inner = SchemaPlaces.of(holder.path("root"));
            place = inner.isEmpty() ? place : dice.one(inner);
        }
        String change = weights.choose("change", dice);
        made.add(change);
        old = place.get();
        place.set(make(change));
    }

    /** What is changed: as it is, or if it is not of a kind, what the recipe of the kind makes of it. */
    private JsonNode old(List<String> kind) {
        String type = old.path("type").asString("");
        boolean fits = kind.isEmpty()
                || (kind.get(0).equals("object")
                        ? old.has("properties") || type.equals("object")
                        : Set.of("integer", "number").contains(type));
        return fits ? old.deepCopy() : make(kind.get(0));
    }

    private JsonNode several(int count) {
        return Json.array(parts.words(count, dice).stream().map(Json::text).toList());
    }

    /** A few values of the corpora, and numbers, all different. */
    private JsonNode values() {
        Set<JsonNode> values = new LinkedHashSet<>();
        for (int i = dice.between(2, 6); i > 0; i--) {
            values.add(dice.once(2) ? parts.value(dice) : Json.number(BigDecimal.valueOf(i)));
        }
        return Json.array(values);
    }

    private String syllable() {
        String word = parts.word(dice).replaceAll("[^A-Za-z0-9_]", "");
        return word.isEmpty() ? make("letter").asString() : word.substring(dice.below(word.length()));
    }

    /** The names of the schema's members, and some others. */
    private List<String> names() {
        List<String> names = new ArrayList<>(old.path("properties").propertyNames());
        names.addAll(parts.words(3, dice));
        return names;
    }

    /** An odd number, of at most so many decimals. */
    private BigDecimal odd(List<String> decimals) {
        BigDecimal odd = BigDecimal.valueOf(2L * dice.magnitude(1, 1_000_000_000) + 1);
        return decimals.isEmpty() ? odd : odd.movePointLeft(dice.between(1, RandomJson.number(decimals, 0)));
    }

    /** A bound of any size, sometimes of hundreds of digits. */
    private BigDecimal limit() {
        BigDecimal limit = BigDecimal.valueOf(dice.magnitude(1, 1_000_000));
        if (dice.once(3)) {
            limit = limit.scaleByPowerOfTen(dice.magnitude(4, 999));
        }
        return dice.once(3) ? limit.negate() : limit;
    }

    /** The schema with one of its keywords turned into its contrary. */
    private JsonNode contrary() {
        JsonNode schema = old.deepCopy();
        List<String> keywords = new ArrayList<>(schema.propertyNames());
        keywords.remove("$ref");
        if (schema instanceof ObjectNode object && !keywords.isEmpty()) {
            String keyword = dice.one(keywords);
            JsonNode contrary = object.remove(keyword);
            object.putObject("not").set(keyword, contrary);
        }
        return schema;
    }

    private JsonNode defined() {
        if (!holder.has("definition")) {
            holder.set("definition", old);
        }
        return Json.object().put("$ref", "#/definitions/part");
    }

    private JsonNode regex() {
        String regex = ShapeText.regex(pattern());
        return Json.text(dice.once(8) ? regex : "^" + regex + "$");
    }

    /** How often something is repeated, at least and at most. */
    private JsonNode limits(String how) {
        int least = dice.once(2) ? dice.below(2) : dice.magnitude(1, 8);
        int most = switch (how) {
            case "few" -> least + dice.magnitude(1, 8);
            case "many" -> least + dice.magnitude(8, 100);
            case "very-many" -> least + dice.magnitude(50, 1000);
            default -> -1;
        };
        return Json.array(List.of()).add(least).add(most);
    }

    /** The schema with its numbers, and numbers of words, a tenth to a thousand times what they were. */
    private JsonNode scaled(boolean everywhere) {
        JsonNode schema = old.deepCopy();
        scale(schema);
        if (everywhere) {
            SchemaPlaces.of(schema).forEach(place -> scale(place.get()));
        }
        return schema;
    }

    private void scale(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            for (String keyword : List.copyOf(object.propertyNames())) {
                if (BOUNDS.contains(keyword) && object.path(keyword).isNumber()) {
                    object.set(keyword, scaled(keyword, object.path(keyword).decimalValue()));
                }
            }
            if (object.path("enum").isArray() && dice.once(2)) {
                Set<JsonNode> values = new LinkedHashSet<>();
                object.path("enum").forEach(values::add);
                several(dice.magnitude(1, MOST_WORDS)).forEach(values::add);
                object.set("enum", Json.array(values));
            }
        }
    }

    private JsonNode scaled(String keyword, BigDecimal value) {
        BigDecimal factor = new BigDecimal(dice.one(List.of("0.1", "0.5", "2", "3", "10", "30", "100", "1000")));
        if (dice.once(12)) {
            factor = BigDecimal.ONE.scaleByPowerOfTen(dice.magnitude(10, 999));
        }
        BigDecimal scaled = value.multiply(factor, MathContext.DECIMAL64);
        boolean count = keyword.matches("m(in|ax)(Length|Items|Properties|Contains)");
        return Json.number(count && scaled.scale() > 0 ? new BigDecimal(scaled.toBigInteger()) : scaled);
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
}
