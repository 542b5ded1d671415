package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.testing.FrameContract;
import dev.espalier.grammar.error.UnsupportedFeatureException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keys whose names are of a language that no automaton has are read exactly. */
class ReadKeysTest {

    private static final String METASCHEMA = "{\"$ref\":\"http://json-schema.org/draft-07/schema#\"}";
    private static final String REGEX = "\"propertyNames\":{\"format\":\"regex\"}";
    private static final String CHARACTERS = "()[]{}?*+|^$:<>=!-,kab123é";

    @Test
    void schemasThatContainTheMetaschemaReadNamesThatArePatterns() {
        Recogniser schema = Recogniser.of(METASCHEMA, SchemaOptions.CHECKING);
        assertTrue(schema.accepts(
                "{\"type\":\"object\",\"patternProperties\":{\"^a\":{\"type\":\"integer\"},\"(b)\\\\1\":true}}"));
        assertFalse(schema.accepts("{\"type\":\"object\",\"patternProperties\":{\"^a(\":{\"type\":\"integer\"}}}"));
        assertTrue(schema.after("{\"patternProperties\":{\"a)").isEmpty());
        assertTrue(Recogniser.of(METASCHEMA).accepts("{\"patternProperties\":{\"^a\":{\"type\":\"integer\"}}}"));
    }

    @Test
    void keysThatAreRegularExpressionsAreReadExactly() {
        Random random = new Random(11);
        TextKind kind = new TextKind.Regexes();
        Recogniser all = Recogniser.of("{\"type\":\"object\"," + REGEX + "}", SchemaOptions.CHECKING);
        Recogniser some = Recogniser.of(
                "{\"type\":\"object\",\"propertyNames\":{\"anyOf\":[{\"format\":\"regex\"},{\"enum\":[\"(\",\"a)\"]}],"
                        + "\"maxLength\":6},\"patternProperties\":{\"^a\":{\"type\":\"null\"}},\"minProperties\":1}",
                SchemaOptions.CHECKING);
        for (int trial = 0; trial < 1000; trial++) {
            StringBuilder key = new StringBuilder();
            for (int i = random.nextInt(8); i > 0; i--) {
                key.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            String text = key.toString();
            assertEquals(kind.contains(text), all.accepts("{\"" + text + "\":1}"), text);
            boolean isGood = (kind.contains(text) || text.equals("(") || text.equals("a)")) && text.length() <= 6;
            String value = text.startsWith("a") ? "null" : "1";
            assertEquals(isGood, some.accepts("{\"" + text + "\":" + value + "}"), text);
        }
        assertFalse(all.accepts("{\"a\":1,\"a\":2}"));
        assertFalse(some.accepts("{}"));
    }

    @Test
    void unionsOfObjectsWithAndWithoutSuchNamesAreReadExactly() {
        Recogniser either = Recogniser.of(
                "{\"anyOf\":[{\"type\":\"object\"," + REGEX + "},{\"type\":\"object\",\"required\":[\"(\"]}]}",
                SchemaOptions.CHECKING);
        assertTrue(either.accepts("{\"a\":1,\"(b)\":2}"));
        assertFalse(either.accepts("{\"a\":1,\"(b\":2}"));
        assertTrue(either.accepts("{\"(b\":2,\"(\":3}"));
        assertTrue(either.accepts("{\")\":2,\"(\":3}"));
        assertFalse(either.accepts("{\")\":2}"));
    }

    @Test
    void namesThatAreNoRegularExpressionsCannotComeWhateverElseNamesThem() {
        Recogniser named = Recogniser.of("{\"type\":\"object\"," + REGEX
                + ",\"properties\":{\"(\":{\"type\":\"null\"},\"(a)\":{\"type\":\"null\"}},\"additionalProperties\":false,"
                + "\"minProperties\":1}");
        assertTrue(named.accepts("{\"(a)\":null}"));
        assertFalse(named.accepts("{\"(\":null}"));
    }

    @Test
    void framesKeepTheContract() {
        long seed = 31;
        for (String schema : List.of(
                "{\"type\":\"object\"," + REGEX + ",\"additionalProperties\":{\"type\":\"null\"}}",
                "{\"type\":\"object\"," + REGEX
                        + ",\"properties\":{\"(\":{},\"(a)\":{\"const\":1}},\"minProperties\":2}",
                "{\"type\":\"object\"," + REGEX
                        + ",\"patternProperties\":{\"^[(]\":{\"type\":\"null\"}},\"additionalProperties\":false}",
                "{\"anyOf\":[{\"type\":\"object\"," + REGEX + ",\"additionalProperties\":{\"const\":1}},"
                        + "{\"type\":\"object\",\"required\":[\"(\"],\"maxProperties\":1}]}")) {
            for (MemberOrder order : MemberOrder.values()) {
                SchemaOptions options = SchemaOptions.DEFAULT.withMemberOrder(order);
                FrameContract.check(
                        new SchemaCompiler().compile(schema, options).start(), 256, seed++, 1, 8);
            }
        }
    }

    @Test
    void thatSomeNameIsNoRegularExpressionIsRefusedByName() {
        for (String schema : List.of(
                "{\"type\":\"object\",\"not\":{" + REGEX + "}}",
                "{\"type\":\"object\",\"if\":{" + REGEX
                        + "},\"then\":{\"maxProperties\":2},\"else\":{\"required\":[\"a\"]}}",
                "{\"oneOf\":[{\"type\":\"object\"," + REGEX + "},{\"type\":\"object\",\"required\":[\"a\"]}]}")) {
            assertThrows(
                    UnsupportedFeatureException.class,
                    () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT),
                    schema);
        }
    }
}
