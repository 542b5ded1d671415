// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.State;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Limits;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.format.TextKind;
import dev.espalier.schemas.object.FilteredKeyState;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
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

    /** What the filter promises of text holds for long texts, too, where lengths decide what it asks. */
    @Test
    void textOfKeysStaysLiveAsLongAsIsPromised() {
        int promised = 0;
        for (String names : List.of(
                "{\"format\":\"regex\"}",
                "{\"format\":\"regex\",\"maxLength\":6}",
                "{\"anyOf\":[{\"format\":\"regex\"},{\"maxLength\":4}]}",
                "{\"anyOf\":[{\"format\":\"regex\",\"minLength\":3},{\"pattern\":\"^\\\\)a{0,3}$\"}]}")) {
            Recogniser schema = Recogniser.of("{\"type\":\"object\",\"propertyNames\":" + names + "}");
            for (String beginning : List.of("", "a", ")", "))", ")a", "(a", "[", "a{2", "(?<", "\\\\k<a")) {
                StackSet key = schema.after("{\"" + beginning);
                if (key.size() != 1 || !(key.top(0) instanceof FilteredKeyState inside)) {
                    continue;
                }
                String where = names + " after " + beginning;
                for (char c : CHARACTERS.toCharArray()) {
                    if (c < 0x80 && inside.steadyText().characters().contains(c)) {
                        promised++;
                        String text = "{\"" + beginning + Character.toString(c).repeat(20);
                        assertFalse(schema.after(text).isEmpty(), where + ", then " + c);
                    }
                }
            }
        }
        assertTrue(promised > 20, "only " + promised + " characters");
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
            checkContract(schema, SchemaOptions.DEFAULT, seed++);
        }
    }

    private static void checkContract(String schema, SchemaOptions options, long seed) {
        for (MemberOrder order : MemberOrder.values()) {
            State start = new SchemaCompiler()
                    .compile(schema, options.withMemberOrder(order))
                    .automaton()
                    .start();
            FrameContract.check(start, 256, 10 * seed + order.ordinal(), 1, 8);
        }
    }

    @Test
    void thatSomeNameIsNoRegularExpressionIsReadExactly() {
        Random random = new Random(12);
        TextKind kind = new TextKind.Regexes();
        for (MemberOrder order : MemberOrder.values()) {
            Recogniser some = Recogniser.of(
                    "{\"type\":\"object\",\"not\":{" + REGEX + "},\"properties\":{\"(\":{\"const\":1},\"a\":{}},"
                            + "\"patternProperties\":{\"^b\":{\"type\":\"null\"}},\"maxProperties\":3}",
                    SchemaOptions.CHECKING.withMemberOrder(order));
            for (int trial = 0; trial < 1000; trial++) {
                StringBuilder text = new StringBuilder("{");
                boolean isGood = false;
                int members = random.nextInt(4);
                for (int i = 0; i < members; i++) {
                    String key = i + text(random, 3);
                    isGood |= !kind.contains(key);
                    text.append(i > 0 ? "," : "").append('"').append(key).append("\":2");
                }
                assertEquals(isGood, some.accepts(text + "}"), text.toString());
            }
            assertTrue(some.accepts("{\"(\":1}"));
            assertFalse(some.accepts("{\"(\":2}"));
            assertTrue(some.accepts("{\"a\":0,\"b(\":null}"));
            assertFalse(some.accepts("{\"a\":0,\"b(\":0}"));
            assertFalse(some.accepts("{\"c(\":0,\"c(\":1}"));
        }
    }

    private static String text(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    @Test
    void objectsThatWantSuchANameKeepTheContract() {
        long seed = 57;
        String wanted = "{\"type\":\"object\",\"not\":{" + REGEX + "}";
        for (String schema : List.of(
                wanted + ",\"additionalProperties\":{\"const\":1}}",
                wanted + ",\"properties\":{\"(\":{},\"(a)\":{\"const\":1}},\"required\":[\"(a)\"],\"minProperties\":3}",
                wanted + ",\"propertyNames\":{\"maxLength\":1},\"minProperties\":2,\"maxProperties\":2}",
                wanted
                        + ",\"patternProperties\":{\"^[(]\":{\"type\":\"null\"}},\"additionalProperties\":{\"const\":12}}",
                "{\"type\":\"object\",\"if\":{" + REGEX
                        + "},\"then\":{\"maxProperties\":1},\"else\":{\"required\":[\"a\"]},"
                        + "\"additionalProperties\":{\"type\":\"null\"}}",
                "{\"type\":\"object\",\"maxProperties\":2,\"oneOf\":[{" + REGEX + "},{\"minProperties\":2}]}")) {
            checkContract(schema, SchemaOptions.CHECKING, seed++);
        }
    }

    @Test
    void theShortestObjectWithSuchANameIsKnown() {
        String wanted = "{\"type\":\"object\",\"not\":{" + REGEX + "}";
        assertEquals("{\"(\":0}", shortest(wanted + "}"));
        assertEquals(
                "{\"(\":0,\"\":0}".length(),
                shortest(wanted + ",\"minProperties\":2}").length());
        assertEquals(
                "{\"abc\":0,\"(\":0}".length(),
                shortest(wanted + ",\"required\":[\"abc\"]}").length());
        assertEquals("{\"abc(\":0}", shortest(wanted + ",\"required\":[\"abc(\"]}"));
        assertEquals(
                "{\"((((\":null}".length(),
                shortest(
                                wanted
                                        + ",\"propertyNames\":{\"pattern\":\"^.{4}$\"},\"additionalProperties\":{\"type\":\"null\"}}")
                        .length());
        assertThrows(
                UnsatisfiableException.class,
                () -> shortest(wanted + ",\"propertyNames\":{\"pattern\":\"^[a-z]*$\"}}"));
    }

    /** Goes down by one byte after another, each of which must lead one byte nearer to the end. */
    private static String shortest(String schema) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(new SchemaCompiler()
                .compile(schema, SchemaOptions.CHECKING)
                .automaton()
                .start());
        StringBuilder text = new StringBuilder();
        for (int left = stepper.distance(set); left > 0; left--) {
            StackSet next = set;
            for (int symbol = 0; symbol < 256 && next == set; symbol++) {
                StackSet after = stepper.step(set, symbol);
                if (!after.isEmpty() && stepper.distance(after) < left) {
                    assertEquals(left - 1, stepper.distance(after), text.toString());
                    text.append((char) symbol);
                    next = after;
                }
            }
            assertNotSame(set, next, () -> "nothing leads nearer from " + text);
            set = next;
        }
        return text.toString();
    }

    @Test
    void thatSeveralNamesAreEachOfNoSuchLanguageIsRefusedByName() {
        String schema = "{\"type\":\"object\",\"allOf\":[{\"not\":{" + REGEX + "}},"
                + "{\"not\":{\"propertyNames\":{\"format\":\"regex\",\"maxLength\":3}}}]}";
        UnsupportedFeatureException refused =
                assertThrows(UnsupportedFeatureException.class, () -> Recogniser.of(schema, SchemaOptions.CHECKING));
        assertEquals("propertyNames", refused.feature());
    }
}
