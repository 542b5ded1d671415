package dev.espalier.jsonschemabench.unseen.input;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes shapes of texts at random, for grammars and for patterns: as trees of JSON, so that they are made smaller as schemas
 * are. A shape is one of {@code {"text"}}, {@code {"chars": "azAZ", "not"}} (pairs of first and last characters),
 * {@code {"seq": […]}}, {@code {"alt": […]}}, {@code {"times": [shape, least, most]}} (−1: no end) and {@code {"rule"}}.
 */
final class ShapeMaker {

    private static final List<String> CLASSES =
            List.of("az", "AZ", "09", "azAZ", "az09", "af", "ck", "az  ", "__az", "azAZ09__--", " ~", "09af", "--az");

    private final Weights weights;
    private final SchemaParts parts;
    private final Dice dice;
    private final List<String> rules = new ArrayList<>();

    ShapeMaker(Weights weights, SchemaParts parts, Dice dice) {
        this.weights = weights;
        this.parts = parts;
        this.dice = dice;
    }

    /** A grammar: {@code {"rules": {"root": shape, …}}}. */
    ObjectNode grammar() {
        rules.add("root");
        for (int i = dice.below(5); i > 0; i--) {
            rules.add("r" + rules.size());
        }
        ObjectNode grammar = Json.object();
        ObjectNode all = grammar.putObject("rules");
        rules.forEach(rule -> all.set(rule, shape(3)));
        return grammar;
    }

    /** The shape of a pattern, which refers to no rule. */
    JsonNode pattern() {
        return shape(dice.between(1, 3));
    }

    private JsonNode shape(int depth) {
        String kind = depth == 0 ? "chars" : weights.choose("shape", dice);
        return switch (kind) {
            case "text" -> text();
            case "seq" -> list("seq", dice.between(2, 4), depth);
            case "alt" -> list("alt", dice.between(2, 4), depth);
            case "times" -> times(shape(depth - 1), weights.choose("times", dice));
            case "nested" -> nested(depth);
            case "either" -> either();
            case "segments" -> segments();
            case "rule" -> rules.isEmpty() ? chars() : Json.object().put("rule", dice.one(rules));
            default -> chars();
        };
    }

    private ObjectNode list(String kind, int size, int depth) {
        ObjectNode shape = Json.object();
        List<JsonNode> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(shape(depth - 1));
        }
        shape.set(kind, Json.array(items));
        return shape;
    }

    private JsonNode text() {
        String word =
                dice.once(3) ? parts.word(dice) : dice.one(List.of(",", " ", ".", "-", "/", ":", "a", "ab", "é", "😀"));
        return Json.object().put("text", word);
    }

    private JsonNode chars() {
        ObjectNode shape = Json.object().put("chars", dice.one(CLASSES));
        if (dice.once(8)) {
            shape.put("not", true);
        }
        return shape;
    }

    private ObjectNode times(JsonNode shape, String how) {
        int least = dice.once(2) ? dice.below(2) : dice.magnitude(1, 8);
        int most = switch (how) {
            case "few" -> least + dice.magnitude(1, 8);
            case "many" -> least + dice.magnitude(8, 100);
            case "very-many" -> least + dice.magnitude(50, 1000);
            default -> -1;
        };
        ObjectNode times = Json.object();
        times.putArray("times").add(shape).add(least).add(most);
        return times;
    }

    /** A repetition of a repetition, two to four levels, each with a separator that may be left out. */
    private JsonNode nested(int depth) {
        JsonNode inner = times(chars(), "many");
        for (int levels = dice.between(1, depth); levels > 0; levels--) {
            ObjectNode both = Json.object();
            JsonNode separator = text();
            both.putArray("seq").add(inner).add(dice.once(2) ? separator : optional(separator));
            inner = times(both, dice.once(3) ? "many" : "few");
        }
        return inner;
    }

    private static JsonNode optional(JsonNode shape) {
        ObjectNode times = Json.object();
        times.putArray("times").add(shape).add(0).add(1);
        return times;
    }

    /** Counted classes that overlap, one or the other, many times. */
    private JsonNode either() {
        List<JsonNode> items = new ArrayList<>();
        for (int i = dice.between(2, 5); i > 0; i--) {
            items.add(times(chars(), dice.once(4) ? "few" : "many"));
        }
        ObjectNode either = Json.object();
        either.set("alt", Json.array(items));
        return times(either, dice.once(3) ? "few" : "many");
    }

    /** Counted segments between separators that no segment has: names of files, hosts, paths. */
    private JsonNode segments() {
        String separator = dice.one(List.of(".", "/", "-", ":", "\\", " "));
        ObjectNode segment = Json.object();
        if (dice.once(2)) {
            segment.put("chars", dice.one(List.of("azAZ09__", "az09", " ~")));
            if (segment.path("chars").asString().equals(" ~")) {
                segment.put("chars", separator + separator + "**??\"\"<<>>").put("not", true);
            }
        } else {
            segment.put("chars", separator + separator + "\n\n").put("not", true);
        }
        JsonNode first = times(segment, "many");
        ObjectNode more = Json.object();
        more.putArray("seq").add(Json.object().put("text", separator)).add(times(segment.deepCopy(), "many"));
        ObjectNode whole = Json.object();
        whole.putArray("seq").add(first).add(times(more, "few"));
        return whole;
    }
}
