// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.ByteString;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Schema and reader of each type of a table agree, and the engine writes what the schema says. */
class JavaTypeTableTest {

    private static final int TRIALS = Integer.getInteger("espalier.test.values", 1000);
    private static final int WRITTEN = 5;

    /** Escapes as Jackson writes them; the engine has small letters. */
    private static final Pattern UPPER_CASE = Pattern.compile("\\\\u00([0-9A-F]{2})");

    /** Without what tests of Kotlin bring. */
    private static final JavaTypes TYPES = new JavaTypes(Optional.empty());

    private static final JavaTypes WITH_KOTLIN = new JavaTypes();
    private static final JsonMapper PLAIN = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    static Stream<Row> rows() {
        return Stream.of(ScalarRows.rows(), ObjectRows.rows(), VariantRows.rows(), ConstraintRows.rows())
                .flatMap(List::stream);
    }

    @Test
    void theTableHasAHundredTypes() {
        assertTrue(rows().count() >= 100, () -> "" + rows().count());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theSchemaIsWhatTheTableSays(Row row) {
        row.schema().ifPresent(expected -> {
            assertEquals(expected, TYPES.schema(row.type()));
        });
        assertEquals(TYPES.schema(row.type()), WITH_KOTLIN.schema(row.type()), "with Jackson's module for Kotlin");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatFitsTheSchemaIsReadAndWhatIsReadFitsTheSchema(Row row) {
        String text = TYPES.schema(row.type());
        JsonNode schema = PLAIN.readTree(text);
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text);
        JavaType type = TYPES.resolve(row.type());
        Random random = new Random(text.hashCode());
        for (int trial = 0; trial < TRIALS; trial++) {
            JsonNode drawn = RandomValue.of(schema, random);
            assertValid(validator, drawn, "drawn");
            Object value = TYPES.read(drawn.toString(), type);
            String written = TYPES.mapper().writerFor(type).writeValueAsString(value);
            assertValid(validator, PLAIN.readTree(written), "written of " + drawn);
            Object again = TYPES.read(written, type);
            assertEquals(written, TYPES.mapper().writerFor(type).writeValueAsString(again));
        }
    }

    private static void assertValid(Schema validator, JsonNode value, String which) {
        var faults = validator.validate(value);
        assertTrue(faults.isEmpty(), () -> which + ": " + value + " " + faults);
    }

    private static Vocabulary bytes() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        return builder.special(256, "<end>").endIds(256).build();
    }

    private static final SchemaOptions ANY = SchemaOptions.DEFAULT.withNumberSpelling(NumberSpelling.ANY);

    @Test
    void theEngineAcceptsWhatFitsTheSchema() {
        try (OutputCompiler compiler = new OutputCompiler(bytes())) {
            rows().forEach(row -> {
                String text = TYPES.schema(row.type());
                JsonNode schema = PLAIN.readTree(text);
                Random random = new Random(text.hashCode());
                var grammar = compiler.compile(Output.jsonSchema(text, ANY)).grammar();
                for (int trial = 0; trial < WRITTEN; trial++) {
                    String drawn = UPPER_CASE
                            .matcher(RandomValue.of(schema, random).toString())
                            .replaceAll(hex -> "\\\\u00" + hex.group(1).toLowerCase(Locale.ROOT));
                    Matcher matcher = grammar.matcher();
                    assertDoesNotThrow(
                            () -> matcher.acceptText(drawn.getBytes(StandardCharsets.UTF_8)), () -> row + ": " + drawn);
                    assertTrue(matcher.isAccepting(), () -> row + ": " + drawn);
                }
            });
        }
    }
}
