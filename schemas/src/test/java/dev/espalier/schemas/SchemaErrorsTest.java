// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaErrorsTest {

    private static void fails(String code, String... schemas) {
        for (String schema : schemas) {
            EspalierException error = assertThrows(
                    EspalierException.class, () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT), schema);
            assertEquals(code, error.code(), schema + ": " + error.getMessage());
        }
    }

    @Test
    void whatIsNoJsonIsASyntaxError() {
        fails(
                "syntax",
                "",
                "5",
                "[]",
                "null",
                "{} {}",
                "{\"type\":\"obj",
                "{\"minimum\":NaN}",
                "{/**/}",
                "{\"type\":\"null\",\"type\":\"null\"}",
                "{\"const\":\"\\ud800\"}");
    }

    @Test
    void malformedKeywordsAreSyntaxErrors() {
        fails(
                "syntax",
                "{\"type\":\"strng\"}",
                "{\"type\":[]}",
                "{\"type\":5}",
                "{\"maxItems\":1.5}",
                "{\"minLength\":-1}",
                "{\"multipleOf\":0}",
                "{\"pattern\":\"[a-\"}",
                "{\"$ref\":5}",
                "{\"required\":[1]}",
                "{\"allOf\":[]}");
    }

    @Test
    void placesAreNamed() {
        SyntaxException error = assertThrows(
                SyntaxException.class,
                () -> new SchemaCompiler()
                        .compile("{\n \"properties\": {\"a\": {\"type\": 5}}}", SchemaOptions.DEFAULT));
        assertEquals("#/properties/a/type", error.place().pointer());
        assertEquals(2, error.place().line());
    }

    @Test
    void referencesThatLeadNowhereAreErrors() {
        fails(
                "reference",
                "{\"$ref\":\"#\"}",
                "{\"$ref\":\"#/$defs/a\"}",
                "{\"items\":{\"$ref\":\"http://a/b\"}}",
                "{\"items\":{\"$ref\":\"other.json\"}}",
                "{\"items\":{\"allOf\":[{\"$ref\":\"#/items\"}]}}");
    }

    @Test
    void whatNoValueSatisfiesIsAnError() {
        fails(
                "unsatisfiable",
                "false",
                "{\"type\":\"array\",\"minItems\":3,\"maxItems\":2}",
                "{\"enum\":[]}",
                "{\"type\":\"integer\",\"exclusiveMinimum\":3,\"exclusiveMaximum\":4}",
                "{\"type\":\"string\",\"pattern\":\"^a{5}$\",\"maxLength\":4}",
                "{\"type\":\"object\",\"properties\":{\"a\":true},\"required\":[\"b\"],\"additionalProperties\":false}",
                "{\"$defs\":{\"n\":{\"type\":\"object\",\"properties\":{\"n\":{\"$ref\":\"#/$defs/n\"}},\"required\":[\"n\"]}},"
                        + "\"$ref\":\"#/$defs/n\"}");
    }

    private static void because(String schema, String reason) {
        UnsatisfiableException error = assertThrows(
                UnsatisfiableException.class,
                () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT),
                schema);
        String message = String.valueOf(error.getMessage());
        assertTrue(message.contains("no value satisfies this schema: " + reason + "\n"), schema + "\n" + message);
    }

    @Test
    void boundsThatCrossAreNamedWithTheirValues() {
        because(
                "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"age\":{\"type\":\"integer\",\"minimum\":5,"
                        + "\"maximum\":3,\"title\":\"Age\"}},\"required\":[\"name\",\"age\"],\"maxProperties\":9}",
                "minimum 5 > maximum 3 at #/properties/age; a value is needed there because of required [\"age\"] at #");
        because("{\"type\":\"string\",\"minLength\":4,\"maxLength\":3}", "minLength 4 > maxLength 3 at #");
        because("{\"type\":\"array\",\"minItems\":3,\"maxItems\":2}", "minItems 3 > maxItems 2 at #");
        because(
                "{\"type\":\"number\",\"allOf\":[{\"maximum\":9},{\"exclusiveMinimum\":2},{\"maximum\":2}]}",
                "exclusiveMinimum 2 at #/allOf/1 = maximum 2 at #/allOf/2");
        because(
                "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"minProperties\":2,\"maxProperties\":1},\"minItems\":1}",
                "minProperties 2 > maxProperties 1 at #/items; a value is needed there because of minItems 1 at #");
    }

    @Test
    void oneOfManyMembersIsNamed() {
        StringBuilder properties = new StringBuilder();
        StringBuilder required = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            String comma = i == 0 ? "" : ",";
            properties
                    .append(comma)
                    .append("\"p")
                    .append(i)
                    .append("\":{\"type\":\"integer\",\"minimum\":200,\"maximum\":");
            properties.append(i == 77 ? 9 : 999).append('}');
            required.append(comma).append("\"p").append(i).append('"');
        }
        because(
                "{\"type\":\"object\",\"properties\":{" + properties + "},\"required\":[" + required + "]}",
                "minimum 200 > maximum 9 at #/properties/p77; a value is needed there because of required [\"p77\"] at #");
    }

    @Test
    void keywordsThatExcludeEachOtherAreNamed() {
        because(
                "{\"type\":\"object\",\"properties\":{\"a\":true},\"required\":[\"a\",\"b\"],\"additionalProperties\":false}",
                "type \"object\", required [\"b\"] and additionalProperties false exclude each other at #");
        because(
                "{\"title\":\"t\",\"type\":\"string\",\"enum\":[1,2],\"minLength\":1}",
                "type \"string\" and enum [1,2] exclude each other at #");
        because("{\"const\":1,\"enum\":[2,3]}", "const 1 and enum [2,3] exclude each other at #");
        because("{\"enum\":[]}", "enum [] allows nothing at #");
        because("false", "false allows nothing at #");
        because("{\"allOf\":[{\"type\":\"null\"},false]}", "false at #/allOf/1 allows nothing");
        because(
                "{\"type\":\"string\",\"pattern\":\"^a{5}$\",\"maxLength\":4}",
                "type \"string\", pattern \"^a{5}$\" and maxLength 4 exclude each other at #");
        because(
                "{\"allOf\":[{\"type\":\"string\"},{\"minLength\":2},{\"$ref\":\"#/$defs/n\"}],"
                        + "\"$defs\":{\"n\":{\"type\":\"number\",\"minimum\":3}}}",
                "type \"string\" at #/allOf/0 and type \"number\" at #/$defs/n exclude each other at #");
        because(
                "{\"oneOf\":[{\"minimum\":1},{\"minimum\":1.0}]}",
                "oneOf [{\"minimum\":1},{\"minimum\":1}] allows nothing at #");
        because(
                "{\"required\":[\"a\"],\"type\":\"object\",\"properties\":{\"a\":false}}",
                "required [\"a\"], type \"object\" and false at #/properties/a exclude each other at #");
        because(
                "{\"anyOf\":[false,{\"type\":\"null\",\"const\":1}]}",
                "false at #/anyOf/0, type \"null\" at #/anyOf/1 " + "and const 1 at #/anyOf/1 exclude each other at #");
        because("{\"not\":{}}", "not {} allows nothing at #");
    }

    @Test
    void valuesWithoutEndAreNamed() {
        because(
                "{\"$defs\":{\"n\":{\"type\":\"object\",\"properties\":{\"n\":{\"$ref\":\"#/$defs/n\"},\"m\":{}},"
                        + "\"required\":[\"m\",\"n\"]}},\"$ref\":\"#/$defs/n\"}",
                "every value at #/$defs/n needs another one inside it, without end (type \"object\", "
                        + "$ref \"#/$defs/n\" at #/$defs/n/properties/n and required [\"n\"])");
    }

    @Test
    void whatIsNotKeptExactlyIsRefusedByNameUnlessAllowed() {
        String schema =
                "{\"type\":\"array\",\"contains\":{\"pattern\":\"(b)\\\\1\"},\"items\":{\"pattern\":\"(a)\\\\1\"}}";
        UnsupportedFeatureException error = assertThrows(
                UnsupportedFeatureException.class, () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT));
        assertTrue(String.valueOf(error.getMessage()).contains("#/contains/pattern"), error.getMessage());
        assertTrue(String.valueOf(error.getMessage()).contains("#/items/pattern"), error.getMessage());
        CompileReport report = new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT.allow(Enforcement.NOT_ENFORCED))
                .report();
        assertEquals(
                List.of("#/contains/pattern", "#/items/pattern"),
                report.inexact().stream().map(CompileReport.Entry::pointer).toList());
        assertEquals("#/type", report.entries().get(0).pointer());
    }

    private static List<String> notes(String schema, Draft draft) {
        return new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT.withDraft(draft)).report().entries().stream()
                        .filter(entry -> !entry.reason().isEmpty())
                        .peek(entry -> assertEquals(Enforcement.EXACT, entry.enforcement()))
                        .map(entry -> entry.pointer() + " " + entry.reason())
                        .toList();
    }

    @Test
    void keywordsOfOtherDraftsAreNamedInTheReport() {
        List<String> old = notes(
                "{\"id\":\"http://x/y\",\"dependencies\":{\"a\":[\"b\"]},\"additionalItems\":false,"
                        + "\"properties\":{\"id\":{\"id\":\"z\"}}}",
                Draft.DRAFT_2020_12);
        assertEquals(3, old.size(), old::toString);
        assertTrue(old.get(1).startsWith("#/dependencies an annotation in draft 2020-12"), old.get(1));
        assertTrue(old.get(1).contains("in draft 4 to draft 7: ") && old.get(1).contains("--draft"), old.get(1));
        List<String> later =
                notes("{\"items\":{\"prefixItems\":[{}],\"const\":1},\"$id\":\"http://x/y\"}", Draft.DRAFT_4);
        assertEquals(3, later.size(), later::toString);
        assertEquals(List.of(), notes("{\"$id\":\"http://x/y\",\"x-note\":1,\"definitions\":{}}", Draft.DRAFT_2020_12));
    }

    @Test
    void formsOfOtherDraftsPointToTheDraft() {
        for (String schema :
                List.of("{\"items\":[{\"type\":\"string\"}]}", "{\"minimum\":1,\"exclusiveMinimum\":true}")) {
            SyntaxException wrong = assertThrows(
                    SyntaxException.class, () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT));
            assertTrue(String.valueOf(wrong.getMessage()).contains("--draft"), schema);
        }
    }
}
