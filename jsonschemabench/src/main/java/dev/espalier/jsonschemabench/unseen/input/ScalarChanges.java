package dev.espalier.jsonschemabench.unseen.input;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Strings and numbers, and their bounds. */
record ScalarChanges(Weights weights, SchemaParts parts, Dice dice) {

    private static final List<String> BOUNDS = List.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minProperties",
            "maxProperties",
            "minContains",
            "maxContains");
    private static final List<String> FORMATS = List.of(
            "regex",
            "date",
            "date-time",
            "time",
            "uuid",
            "email",
            "ipv4",
            "ipv6",
            "uri",
            "uri-reference",
            "hostname",
            "json-pointer",
            "duration");
    private static final int MOST_WORDS = 400;

    /** A string, a number, words, or whatever corpora have. */
    JsonNode scalar() {
        return switch (dice.below(5)) {
            case 0 -> number();
            case 1 -> string();
            case 2 -> words();
            case 3 -> Json.object().put("type", dice.one(List.of("null", "boolean", "integer", "number", "string")));
            default -> parts.with(dice.one(List.of("pattern", "enum", "minimum", "maxLength", "format", "type")), dice);
        };
    }

    /** A number within bounds, or with a divisor. */
    JsonNode number() {
        ObjectNode number = Json.object().put("type", dice.one(List.of("integer", "number", "integer")));
        switch (dice.below(5)) {
            case 0 -> number.put("minimum", -dice.below(3)).put("maximum", dice.magnitude(1, 100_000));
            case 1 -> number.set("multipleOf", divisor());
            case 2 -> number.set(dice.one(BOUNDS.subList(0, 4)), bound());
            case 3 -> number.put("minimum", 0).put("maximum", dice.between(1, 30));
            default -> {}
        }
        return number;
    }

    private JsonNode divisor() {
        BigDecimal odd = BigDecimal.valueOf(2L * dice.magnitude(1, 1_000_000_000) + 1);
        return Json.number(
                switch (dice.below(4)) {
                    case 0 -> odd.movePointLeft(dice.between(1, 6));
                    case 1 -> BigDecimal.valueOf(dice.magnitude(1, 100));
                    default -> odd;
                });
    }

    /** A bound of any size, sometimes of hundreds of digits. */
    private JsonNode bound() {
        BigDecimal bound = BigDecimal.valueOf(dice.magnitude(1, 1_000_000));
        if (dice.once(3)) {
            bound = bound.scaleByPowerOfTen(dice.magnitude(4, 999));
        }
        return Json.number(dice.once(3) ? bound.negate() : bound);
    }

    /** Another divisor, or a number that is no multiple. */
    JsonNode multiple(JsonNode schema) {
        ObjectNode number = numeric(schema);
        if (dice.once(3)) {
            number.putObject("not").set("multipleOf", divisor());
        } else {
            number.set("multipleOf", divisor());
        }
        return number;
    }

    /** Another bound. */
    JsonNode bounded(JsonNode schema) {
        ObjectNode number = numeric(schema);
        number.set(dice.one(BOUNDS.subList(0, 4)), bound());
        return number;
    }

    private ObjectNode numeric(JsonNode schema) {
        boolean own = List.of("integer", "number").contains(schema.path("type").asString(""));
        if (own && schema instanceof ObjectNode object) {
            return object;
        }
        return dice.once(4) ? Json.object() : Json.object().put("type", dice.one(List.of("integer", "number")));
    }

    /** A string with a pattern, a format or a length, or with several. */
    JsonNode string() {
        ObjectNode string = Json.object().put("type", "string");
        switch (weights.choose("string", dice)) {
            case "shape" -> string.put("pattern", pattern());
            case "corpus" -> string.put("pattern", parts.pattern(dice));
            case "format" -> string.put("format", dice.one(FORMATS));
            case "regex" -> string.put("format", "regex");
            default -> string.put("maxLength", dice.magnitude(1, 500));
        }
        if (dice.once(3)) {
            string.put("maxLength", dice.magnitude(1, 500));
        }
        if (dice.once(8)) {
            string.put("minLength", dice.magnitude(1, 60));
        }
        return string;
    }

    private String pattern() {
        JsonNode shape = new ShapeMaker(weights, parts, dice).pattern();
        String regex = ShapeText.regex(shape);
        return dice.once(8) ? regex : "^" + regex + "$";
    }

    /** Up to hundreds of words. */
    JsonNode words() {
        List<JsonNode> words = new ArrayList<>();
        parts.words(dice.magnitude(2, MOST_WORDS), dice).forEach(word -> words.add(Json.text(word)));
        if (dice.once(5)) {
            words.clear();
            for (int i = dice.between(2, 6); i > 0; i--) {
                JsonNode value = dice.once(2) ? parts.value(dice) : Json.number(BigDecimal.valueOf(i));
                if (!words.contains(value)) {
                    words.add(value);
                }
            }
        }
        ObjectNode schema = Json.object();
        schema.set("enum", Json.array(words));
        return schema;
    }

    /** The schema with its numbers, and numbers of words, a tenth to a thousand times what they were. */
    JsonNode scaled(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            for (String keyword : BOUNDS) {
                if (object.path(keyword).isNumber()) {
                    object.set(keyword, scaled(keyword, object.path(keyword).decimalValue()));
                }
            }
            if (object.path("enum").isArray() && dice.once(2)) {
                List<JsonNode> values = new ArrayList<>();
                object.path("enum").forEach(values::add);
                parts.words(dice.magnitude(1, MOST_WORDS), dice).stream()
                        .map(Json::text)
                        .filter(word -> !values.contains(word))
                        .forEach(values::add);
                object.set("enum", Json.array(values));
            }
        }
        return schema;
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
}
