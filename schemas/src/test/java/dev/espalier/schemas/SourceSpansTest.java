// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where the strings of a JSON text stand in their sources. */
@org.jspecify.annotations.NullUnmarked
class SourceSpansTest {

    private static final String SOURCE = "abc abc  ABC\nx";
    private static final String FROM = "{\"x-from-source\":true}";

    private static String spans(String schema, String json) {
        return spans(schema, json, SchemaOptions.DEFAULT);
    }

    private static String spans(String schema, String json, SchemaOptions options) {
        return SourceSpans.of(
                        schema.replace("FROM", FROM), options.withSource(SOURCE).withSource("mail", "To: x"), json)
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " "
                        + entry.getValue().stream()
                                .map(span -> span.source() + span.start() + "-" + span.end())
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining("; "));
    }

    @Test
    void allPlacesOfAllFieldsAreFound() {
        assertEquals(
                "/a 0-3,4-7; /b/0 1-2,5-6; /b/1 13-14",
                spans(
                        "{\"properties\":{\"a\":FROM,\"b\":{\"items\":FROM},\"c\":{}}}",
                        "{\"a\":\"abc\",\"c\":\"abc\",\"b\":[\"b\",\"x\"]}"));
        assertEquals(" 0-8", spans("{\"x-from-source\":{\"match\":\"exact\"}}", "\"abc abc \""));
        assertEquals(" 0-7,4-12", spans("{\"x-from-source\":{\"match\":\"folded\"}}", "\"aBc\\n\\nabc\""));
        assertEquals(" 3-4,7-9,12-13", spans("{\"x-from-source\":{\"match\":\"folded\"}}", "\"\\t\""));
        assertEquals(" 13-14,mail4-5", spans("{\"allOf\":[FROM,{\"x-from-source\":{\"source\":\"mail\"}}]}", "\"x\""));
        assertEquals(" 0-3,4-7", spans("{\"x-from-source\":{\"words\":true}}", "\"abc\""));
        assertEquals("", spans("{\"x-from-source\":{\"words\":true}}", "\"ab\""));
        assertEquals("", spans("{\"x-from-source\":false}", "\"ab\""));
        assertEquals("/a~1b~0 13-14", spans("{\"properties\":{\"a/b~\":FROM}}", "{\"a/b~\":\"x\"}"));
    }

    @Test
    void applicatorsLeadToTheKeyword() {
        assertEquals(
                "/k/n/v 13-14; /v 13-14",
                spans(
                        "{\"$defs\":{\"n\":{\"properties\":{\"v\":FROM,\"n\":{\"$ref\":\"#/$defs/n\"}}}},"
                                + "\"$ref\":\"#/$defs/n\",\"properties\":{\"k\":{\"$ref\":\"#/$defs/n\"}}}",
                        "{\"k\":{\"n\":{\"v\":\"x\"}},\"v\":\"x\"}"));
        assertEquals(
                "/b 13-14",
                spans("{\"properties\":{\"a\":{}},\"additionalProperties\":FROM}", "{\"a\":\"x\",\"b\":\"x\"}"));
        assertEquals("/b 13-14", spans("{\"patternProperties\":{\"^b\":FROM}}", "{\"a\":\"x\",\"b\":\"x\"}"));
        assertEquals(
                "/c 13-14",
                spans(
                        "{\"patternProperties\":{\"^b\":true},\"allOf\":[{\"properties\":{\"a\":true}}],\"unevaluatedProperties\":FROM}",
                        "{\"a\":\"x\",\"b\":\"x\",\"c\":\"x\"}"));
        assertEquals("/1 13-14", spans("{\"prefixItems\":[{},FROM],\"items\":{}}", "[\"x\",\"x\",\"x\"]"));
        assertEquals("/2 13-14", spans("{\"prefixItems\":[{},{}],\"items\":FROM}", "[\"x\",\"x\",\"x\"]"));
        assertEquals(
                "/2 13-14",
                spans("{\"allOf\":[{\"prefixItems\":[{},{}]}],\"unevaluatedItems\":FROM}", "[\"x\",\"x\",\"x\"]"));
        SchemaOptions old = SchemaOptions.DEFAULT.withDraft(Draft.DRAFT_7);
        assertEquals(
                "/1 13-14; /2 13-14",
                spans("{\"items\":[{},FROM],\"additionalItems\":FROM}", "[\"x\",\"x\",\"x\"]", old));
        assertEquals("", spans("{\"items\":{},\"additionalItems\":FROM}", "[\"x\",\"x\",\"x\"]", old));
        assertEquals(
                "",
                spans(
                        "{\"$ref\":\"#/definitions/a\",\"x-from-source\":true,\"definitions\":{\"a\":{}}}",
                        "\"x\"",
                        old));
        assertEquals(" 13-14", spans("{\"anyOf\":[{\"const\":\"n\"},FROM]}", "\"x\""));
        assertEquals(" 13-14", spans("{\"if\":{\"const\":\"n\"},\"else\":FROM}", "\"x\""));
        assertEquals("", spans("{\"if\":FROM,\"not\":{\"not\":FROM}}", "\"x\""));
        assertEquals(
                "/v 13-14",
                spans("{\"dependentSchemas\":{\"k\":{\"properties\":{\"v\":FROM}}}}", "{\"k\":1,\"v\":\"x\"}"));
        assertEquals("", spans("{\"dependentSchemas\":{\"k\":{\"properties\":{\"v\":FROM}}}}", "{\"v\":\"x\"}"));
    }

    @Test
    void whatIsWrongIsAnErrorAtItsPlace() {
        assertThrows(SyntaxException.class, () -> spans("FROM", "{"));
        assertThrows(SyntaxException.class, () -> spans("{\"x-from-source\":1}", "\"x\""));
        ReferenceException e = assertThrows(
                ReferenceException.class, () -> spans("{\"items\":{\"x-from-source\":{\"source\":\"no\"}}}", "[]"));
        assertEquals("#/items/x-from-source", e.place().pointer());
    }

    @RandomTrials(100)
    void placesReadAsTheStrings(Random random, long seed) {
        String source =
                random.ints(20, 0, 4).mapToObj(i -> "aB \n".substring(i, i + 1)).collect(Collectors.joining());
        Map<String, String> fields = new TreeMap<>();
        for (int i = 0; i < 4; i++) {
            int from = random.nextInt(source.length());
            fields.put("f" + i, source.substring(from, from + 1 + random.nextInt(source.length() - from)));
        }
        String json = fields.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue().replace("\n", "\\n") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        Map<String, List<SourceSpan>> found = SourceSpans.of(
                "{\"additionalProperties\":" + FROM + "}", SchemaOptions.DEFAULT.withSource(source), json);
        fields.forEach((name, text) -> {
            List<SourceSpan> spans = found.get("/" + name);
            int at = -1;
            for (SourceSpan span : spans) {
                at = source.indexOf(text, at + 1);
                assertEquals(
                        new SourceSpan("", at, at + text.length()),
                        span,
                        () -> json + " of " + source + ", seed " + seed);
            }
            assertEquals(-1, source.indexOf(text, at + 1), () -> json + " of " + source + ", seed " + seed);
        });
    }
}
