package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.error.EspalierException;
import dev.espalier.grammar.error.SyntaxException;
import dev.espalier.grammar.error.UnsupportedFeatureException;
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

    @Test
    void whatIsNotKeptExactlyIsRefusedByNameUnlessAllowed() {
        String schema = "{\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"pattern\":\"(a)\\\\1\"}}";
        UnsupportedFeatureException error = assertThrows(
                UnsupportedFeatureException.class, () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT));
        assertTrue(String.valueOf(error.getMessage()).contains("#/uniqueItems"), error.getMessage());
        assertTrue(String.valueOf(error.getMessage()).contains("#/items/pattern"), error.getMessage());
        CompileReport report = new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT.allow(Enforcement.NOT_ENFORCED))
                .report();
        assertEquals(
                List.of("#/uniqueItems", "#/items/pattern"),
                report.inexact().stream().map(CompileReport.Entry::pointer).toList());
        assertEquals("#/type", report.entries().get(0).pointer());
    }
}
