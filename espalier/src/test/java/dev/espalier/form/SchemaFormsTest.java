// SPDX-License-Identifier: Apache-2.0
package dev.espalier.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.SchemaForm;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model is shown of a schema. */
class SchemaFormsTest {

    enum Colour {
        RED,
        GREEN
    }

    record Item(String name, int count) {}

    record Invoice(
            String customer,
            BigDecimal total,
            Optional<Colour> colour,
            List<Item> items,
            Map<String, Integer> stock,
            List<Invoice> earlier) {}

    record Visit(LocalDate day, LocalTime time, Instant written, UUID id) {}

    private static String form(SchemaForm form, String schema) {
        return Output.jsonSchema(schema).schema(form).orElseThrow();
    }

    @Test
    void theFormsOfAJavaTypeAreReadable() {
        Output<Invoice> output = Output.of(Invoice.class);
        assertEquals(
                "{\"customer\":\"<customer>\",\"total\":1.5,\"colour\":\"RED\","
                        + "\"items\":[{\"name\":\"<name>\",\"count\":1}],\"stock\":{\"key\":1},\"earlier\":[]}",
                output.schema(SchemaForm.EXAMPLE).orElseThrow());
        assertEquals("""
                Root = {
                  customer: string,
                  total: number,
                  colour?: "RED" | "GREEN",
                  items: [{
                    name: string,
                    count: integer (32 bits)
                  }],
                  stock: {
                    [any key]: integer (32 bits)
                  },
                  earlier: [Root]
                }""", output.schema(SchemaForm.RECORD).orElseThrow());
        assertEquals(output.schema(), output.schema(SchemaForm.JSON_SCHEMA));
        assertEquals(Optional.empty(), output.schema(SchemaForm.NONE));
        assertEquals(Optional.empty(), Output.regex("a").schema(SchemaForm.EXAMPLE));
    }

    @Test
    void datesAndTimesOfJavaHaveReadableExamples() {
        assertEquals(
                "{\"day\":\"2026-01-31\",\"time\":\"12:30\",\"written\":\"2026-01-31T12:30:00Z\","
                        + "\"id\":\"123e4567-e89b-12d3-a456-426614174000\"}",
                Output.of(Visit.class).schema(SchemaForm.EXAMPLE).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"string\",\"pattern\":\"^[A-Z]{3}-[0-9]{4}$\"}~\"ABC-1234\"",
                "{\"type\":\"string\",\"minLength\":20,\"maxLength\":22}~\"<text______________>\"",
                "{\"type\":\"integer\",\"minimum\":18,\"maximum\":30}~18",
                "{\"type\":\"integer\",\"exclusiveMinimum\":4,\"multipleOf\":7}~7",
                "{\"type\":\"number\",\"maximum\":-2.5}~-2.5",
                "{\"type\":[\"null\",\"boolean\"]}~true",
                "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"object\",\"properties\":{\"a\":{\"const\":7}}}]}~{\"a\":7}",
                "{\"enum\":[\"x\",\"y\"]}~\"x\"",
                "{\"type\":\"string\",\"examples\":[\"Rome\"]}~\"Rome\"",
                "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":3,\"uniqueItems\":true}~[1,10,100]",
                "{\"type\":\"array\",\"maxItems\":0}~[]",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"pattern\":\"^a.*b$\"}}~[\"ab\"]",
                "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"null\"},{\"type\":\"boolean\"}]}~[null,true]",
                "{\"type\":\"object\",\"required\":[\"b\"],\"properties\":{\"a\":{\"$ref\":\"#\"},\"b\":{\"type\":\"string\"}}}~{\"b\":\"<b>\"}",
                "{\"type\":\"object\",\"patternProperties\":{\"^x\":{\"type\":\"null\"}},\"additionalProperties\":false,\"minProperties\":1}~{\"x\":null}",
                "{\"type\":\"object\",\"maxProperties\":1,\"properties\":{\"a\":{},\"b\":{\"type\":\"null\"}},\"required\":[\"b\"]}~{\"b\":null}",
                "true~\"<text>\""
            })
    void examplesAreWhatTheirSchemaAllows(String schema, String example) {
        assertEquals(example, form(SchemaForm.EXAMPLE, schema));
    }

    @Test
    void examplesHaveTheLayoutOfTheirOutput() {
        Output<String> output = Output.jsonSchema(
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}},\"required\":[\"a\"]}",
                SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.pretty(2)));
        assertEquals(
                "{\n  \"a\": [\n    1\n  ]\n}",
                output.schema(SchemaForm.EXAMPLE).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "true~any",
                "{\"type\":\"string\",\"minLength\":1,\"pattern\":\"^a\",\"format\":\"email\"}~string (email, matching \"^a\", >= 1 characters)",
                "{\"type\":[\"string\",\"null\"]}~string | null",
                "{\"type\":\"integer\",\"exclusiveMinimum\":0,\"multipleOf\":5,\"minLength\":3}~integer (> 0, a multiple of 5)",
                "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"type\":\"number\",\"minimum\":0,\"exclusiveMinimum\":true}~number (> 0)",
                "{\"type\":\"array\",\"items\":{\"type\":\"boolean\"},\"maxItems\":2,\"uniqueItems\":true}~[boolean] (<= 2 items, unique)",
                "{\"type\":\"array\",\"minItems\":2,\"items\":false,\"prefixItems\":[{\"type\":\"null\"},{}]}~[null, any] (>= 2 items)",
                "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"null\"}]}~[any] & {\"prefixItems\":[{\"type\":\"null\"}]}",
                "{\"enum\":[\"a\",1,null],\"type\":[\"string\",\"integer\",\"null\"]}~\"a\" | 1 | null",
                "{\"enum\":[\"a\",1],\"type\":\"string\"}~(\"a\" | 1) & string",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"integer\",\"not\":{\"const\":3}}]}~string | integer & {\"not\":{\"const\":3}}",
                "{\"oneOf\":[{\"type\":\"string\"},{\"const\":1}],\"minLength\":2}~exactly one of (string | 1) & {\"minLength\":2}",
                "{\"allOf\":[{\"type\":[\"string\",\"null\"]},{\"minLength\":2}]}~(string | null) & {\"minLength\":2}",
                "{\"type\":\"object\"}~object",
                "{\"type\":\"object\",\"propertyNames\":{\"maxLength\":1},\"minProperties\":1}~object (>= 1 members) & {\"propertyNames\":{\"maxLength\":1}}",
                "{\"type\":\"object\",\"additionalProperties\":false}~{}",
                "{\"type\":\"null\",\"title\":\"a\",\"id\":\"a\",\"x-note\":1,\"default\":null}~null"
            })
    void recordsSayWhatTheirSchemaSays(String schema, String text) {
        assertEquals(text, form(SchemaForm.RECORD, schema));
    }

    @Test
    void keysByPatternAndReferencesInWhatIsLeftAreNamed() {
        assertEquals(
                """
                {
                  a?: b,
                  c: any,
                  [keys matching "^x"]: null,
                  [other keys]: b
                } & {"not":{"$ref":"b"}}

                // Short.
                b = string (<= 3 characters)""",
                form(
                        SchemaForm.RECORD,
                        "{\"$defs\":{\"b\":{\"type\":\"string\",\"maxLength\":3,\"description\":\"Short.\"}},\"type\":\"object\","
                                + "\"properties\":{\"a\":{\"$ref\":\"#/$defs/b\"}},\"required\":[\"c\"],"
                                + "\"patternProperties\":{\"^x\":{\"type\":\"null\"}},"
                                + "\"additionalProperties\":{\"$ref\":\"#/$defs/b\"},\"not\":{\"$ref\":\"#/$defs/b\"}}"));
    }

    @Test
    void whatDependsOnAllBesideItStaysTogether() {
        assertEquals(
                "{\"$ref\":\"b\",\"unevaluatedProperties\":false}\n\nb = object",
                form(
                        SchemaForm.RECORD,
                        "{\"$defs\":{\"b\":{\"type\":\"object\"}},\"$ref\":\"#/$defs/b\",\"unevaluatedProperties\":false}"));
    }

    @Test
    void theFormsOfTheGuideAreWhatItShows() {
        String schema =
                "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"customer\",\"total\"],\"properties\":{"
                        + "\"customer\":{\"type\":\"string\"},\"total\":{\"type\":\"number\",\"minimum\":0},"
                        + "\"items\":{\"description\":\"What was bought.\",\"type\":\"array\",\"maxItems\":20,\"items\":"
                        + "{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"name\",\"count\"],\"properties\":"
                        + "{\"name\":{\"type\":\"string\"},\"count\":{\"type\":\"integer\",\"minimum\":1}}}}}}";
        assertEquals(
                "{\"customer\":\"<customer>\",\"total\":1.5,\"items\":[{\"name\":\"<name>\",\"count\":1}]}",
                form(SchemaForm.EXAMPLE, schema));
        assertEquals("""
                {
                  customer: string,
                  total: number (>= 0),
                  // What was bought.
                  items?: [{
                    name: string,
                    count: integer (>= 1)
                  }] (<= 20 items)
                }""", form(SchemaForm.RECORD, schema));
    }

    @Test
    void membersStandOnLinesWithTheirDescriptions() {
        assertEquals(
                """
                // A person.
                {
                  // Given name
                  // no more
                  name: string,
                  "e-mail"?: string | null,
                  boss?: {
                    ...
                  } & {"minProperties":1},
                  id: any,
                  ...
                }""".replace("Given name\n  // no more", "Given name no more")
                        .replace("{\n    ...\n  } & {\"minProperties\":1}", "object (>= 1 members)"),
                form(
                        SchemaForm.RECORD,
                        "{\"description\":\"A person.\",\"type\":\"object\",\"required\":[\"name\",\"id\"],\"properties\":{"
                                + "\"name\":{\"type\":\"string\",\"description\":\"Given name\\n no more\"},"
                                + "\"e-mail\":{\"type\":[\"string\",\"null\"]},"
                                + "\"boss\":{\"type\":\"object\",\"minProperties\":1}}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"$defs\":{\"a\":{\"$anchor\":\"x\",\"type\":\"null\"}},\"$ref\":\"#x\"}~#/$ref",
                "{\"type\":\"array\",\"items\":{\"$id\":\"http://a/b\",\"type\":\"null\"}}~#/items/$id",
                "{\"$defs\":{\"a\":{\"$anchor\":\"x\"}},\"type\":\"string\",\"if\":{\"$ref\":\"#x\"},\"then\":{\"minLength\":3}}~#/$ref"
            })
    void whatARecordCannotNameIsRefusedWithItsPlace(String schema, String pointer) {
        UnsupportedFeatureException refused =
                assertThrows(UnsupportedFeatureException.class, () -> form(SchemaForm.RECORD, schema));
        assertEquals(pointer, refused.place().pointer());
        assertTrue(String.valueOf(refused.getMessage()).contains("take another form"), refused.getMessage());
    }
}
