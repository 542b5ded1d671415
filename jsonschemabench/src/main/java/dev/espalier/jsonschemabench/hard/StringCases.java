package dev.espalier.jsonschemabench.hard;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The hard cases that are about strings: their lengths, patterns, and long lists of them. */
final class StringCases {

    private StringCases() {}

    static List<HardCase> all() {
        return List.of(
                maxLength(),
                enumeration("enum-20000", 20_000, 11),
                enumeration("enum-5383", 5_383, 12),
                bounded(),
                patterns(),
                formats());
    }

    private static HardCase maxLength() {
        Prose prose = new Prose(10);
        ObjectNode schema = JsonTexts.object();
        JsonTexts.member(schema, "text", true).put("type", "string").put("maxLength", 5_000);
        ObjectNode value = JsonTexts.node().put("text", prose.text(5_000, " "));
        ObjectNode accents = JsonTexts.node().put("text", prose.text(2_500, " é"));
        return JsonTexts.of("max-length-5000", "maxLength: 5000", schema, value, accents);
    }

    private static HardCase enumeration(String name, int count, long seed) {
        Prose prose = new Prose(seed);
        List<String> values = prose.names(count, 3, "_");
        ObjectNode schema = JsonTexts.node().put("type", "array");
        ArrayNode choices = schema.putObject("items").putArray("enum");
        values.forEach(choices::add);
        ArrayNode text = JsonTexts.array();
        prose.shuffled(values).subList(0, 250).forEach(text::add);
        return JsonTexts.of(name, "an enum of " + count + " strings", schema, text);
    }

    private static HardCase bounded() {
        Prose prose = new Prose(13);
        ObjectNode item = JsonTexts.object();
        JsonTexts.member(item, "slug", true)
                .put("type", "string")
                .put("pattern", "^[a-z0-9-]+$")
                .put("minLength", 3)
                .put("maxLength", 63);
        JsonTexts.member(item, "code", true)
                .put("type", "string")
                .put("minLength", 8)
                .put("maxLength", 8);
        JsonTexts.member(item, "title", true)
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", 120);
        JsonTexts.member(item, "summary", true)
                .put("type", "string")
                .put("minLength", 100)
                .put("maxLength", 500);
        ArrayNode text = JsonTexts.array();
        for (int i = 0; i < 12; i++) {
            text.addObject()
                    .put("slug", prose.text(prose.between(3, 63), "-").replaceAll("-$", "x"))
                    .put("code", prose.text(8, "7"))
                    .put("title", prose.text(prose.between(1, 120), " "))
                    .put("summary", prose.text(prose.between(100, 500), " "));
        }
        ObjectNode schema = JsonTexts.node().put("type", "array");
        schema.set("items", item);
        return JsonTexts.of(
                "bounded-strings", "strings with a pattern and lengths, and with lengths alone", schema, text);
    }

    private static HardCase patterns() {
        Prose prose = new Prose(14);
        ObjectNode schema = JsonTexts.object();
        pattern(schema, "name", "^[A-Za-z0-9][A-Za-z0-9._-]{0,255}$");
        pattern(schema, "line", "^.{0,255}$");
        pattern(schema, "words", "^(\\S+ ){0,255}\\S+$");
        pattern(schema, "path", "^(/[^/]{0,255}){1,8}$");
        pattern(schema, "address", "^[^@]{1,64}@[a-z0-9.-]{1,255}$");
        ObjectNode value = JsonTexts.node()
                .put("name", prose.text(256, "_"))
                .put("line", prose.text(255, " "))
                .put("words", prose.words(256, " "))
                .put("path", "/" + prose.text(255, "-") + "/" + prose.text(90, ".") + "/" + prose.text(20, " "))
                .put("address", prose.text(64, ".") + "@" + prose.text(255, "."));
        return JsonTexts.of("patterns-255", "patterns with {0,255}", schema, value);
    }

    private static void pattern(ObjectNode schema, String name, String pattern) {
        JsonTexts.member(schema, name, true).put("type", "string").put("pattern", pattern);
    }

    private static HardCase formats() {
        Prose prose = new Prose(15);
        ObjectNode item = JsonTexts.object();
        JsonTexts.member(item, "id", true)
                .put("type", "integer")
                .put("minimum", 17)
                .put("maximum", 8_734_211);
        JsonTexts.member(item, "ratio", true)
                .put("type", "number")
                .put("minimum", -0.25)
                .put("exclusiveMaximum", 1.5);
        JsonTexts.member(item, "at", true).put("type", "string").put("format", "date-time");
        JsonTexts.member(item, "code", true)
                .put("type", "string")
                .put("pattern", "^[A-Z]{3}-[0-9]{4,8}(-[a-f0-9]{2})*$")
                .put("maxLength", 200);
        JsonTexts.member(item, "note", false).put("type", "string").put("maxLength", 200);
        ArrayNode text = JsonTexts.array();
        for (int i = 0; i < 24; i++) {
            ObjectNode value = text.addObject();
            value.put("id", prose.between(17, 8_734_211)).put("ratio", prose.below(1_500) / 1000.0);
            value.put(
                    "at",
                    "20%02d-%02d-%02dT%02d:%02d:%02d.%03dZ"
                            .formatted(
                                    prose.below(90),
                                    prose.between(1, 12),
                                    prose.between(1, 28),
                                    prose.below(24),
                                    prose.below(60),
                                    prose.below(60),
                                    prose.below(1000)));
            value.put("code", "ABZ-%06d".formatted(prose.below(1_000_000)) + "-7f".repeat(prose.below(60)));
            value.put("note", prose.text(prose.between(1, 200), " "));
        }
        ObjectNode schema = JsonTexts.node().put("type", "array");
        schema.set("items", item);
        return JsonTexts.of("formats", "ranges, date-time, a pattern and maxLength 200", schema, text);
    }
}
