// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.state.State;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Schemas that demand spans of a source: their values, keys and items, and what is wrong with them. */
@org.jspecify.annotations.NullUnmarked
class FromSourceTest {

    @RandomTrials(8)
    void framesKeepTheContract(Random random, long seed) {
        String first = SpanFormulasTest.source(random);
        SpanFormulasTest.Said said = SpanFormulasTest.formula(random, 1, first, SpanFormulasTest.source(random));
        String schema = "{\"type\":\"string\",\"maxLength\":30,\"allOf\":[" + said.schema() + "]}";
        try {
            State start = new SchemaCompiler()
                    .compile(
                            schema,
                            SchemaOptions.DEFAULT
                                    .withSource(first)
                                    .withSource("other", SpanFormulasTest.source(random)))
                    .automaton()
                    .start();
            FrameContract.check(start, 256, seed, 3, 12);
        } catch (UnsatisfiableException e) {
            // no frame
        }
    }

    @RandomTrials(20)
    void arraysOfSpansThatDifferAreExact(Random random, long seed) {
        String source = SpanFormulasTest.source(random);
        boolean isUnique = random.nextBoolean();
        String schema = "{\"type\":\"array\",\"maxItems\":3,\"uniqueItems\":" + isUnique
                + ",\"items\":{\"type\":\"string\",\"maxLength\":2,\"x-from-source\":true}}";
        Recogniser recogniser = Recogniser.of(schema, SchemaOptions.DEFAULT.withSource(source));
        List<String> short1 = SpanFormulasTest.texts().stream()
                .filter(text -> text.length() <= 2)
                .toList();
        for (String one : short1) {
            for (String two : short1) {
                boolean isGood = source.contains(one)
                        && source.contains(two)
                        && !one.isEmpty()
                        && !two.isEmpty()
                        && (!isUnique || !one.equals(two));
                assertEquals(
                        isGood,
                        recogniser.accepts(
                                "[" + SpanFormulasTest.quoted(one) + "," + SpanFormulasTest.quoted(two) + "]"),
                        () -> one + "," + two + " of " + source + ", seed " + seed);
            }
        }
    }

    @RandomTrials(10)
    void keysThatAreSpansAreExact(Random random) {
        String source = SpanFormulasTest.source(random);
        String schema =
                "{\"type\":\"object\",\"propertyNames\":{\"maxLength\":3,\"x-from-source\":true},\"additionalProperties\":{\"const\":1}}";
        Recogniser recogniser =
                Recogniser.of(schema, SchemaOptions.DEFAULT.withSource(source).withMemberOrder(MemberOrder.ANY));
        for (String text : SpanFormulasTest.texts()) {
            boolean isGood = !text.isEmpty() && text.length() <= 3 && source.contains(text);
            assertEquals(
                    isGood,
                    recogniser.accepts("{" + SpanFormulasTest.quoted(text) + ":1}"),
                    () -> text + " of " + source);
        }
    }

    @Test
    void escapesSpellTheSource() {
        SchemaOptions options = SchemaOptions.DEFAULT
                .withSource("caf\u00e9 \"\ud83d\ude00\"\n\u0001")
                .withSpelling(Spelling.ANY);
        Recogniser recogniser = Recogniser.of("{\"type\":\"string\",\"x-from-source\":true}", options);
        for (String good : List.of(
                "\"caf\\u00e9 \\\"\"",
                "\"caf\u00e9\"",
                "\"\\ud83d\\ude00\\\"\\n\"",
                "\"\ud83d\ude00\"",
                "\"\\u000a\\u0001\"")) {
            assertTrue(recogniser.accepts(good), good);
        }
        for (String bad : List.of("\"cafe\"", "\"\"", "\"\\ud83d\"", "\"\\t\"", "\"\\\"\\\"\"")) {
            assertFalse(recogniser.accepts(bad), bad);
        }
    }

    @Test
    void aSourceThatIsMissingOrEmptyIsAnErrorAtTheKeyword() {
        String schema = "{\"properties\":{\"a\":{\"x-from-source\":%s}}}";
        for (Draft draft : Draft.values()) {
            ReferenceException e = assertThrows(
                    ReferenceException.class,
                    () -> new SchemaCompiler()
                            .compile(String.format(schema, "true"), SchemaOptions.DEFAULT.withDraft(draft)));
            assertEquals("#/properties/a/x-from-source", e.place().pointer());
            assertTrue(e.getMessage().contains("the source was not given"), e.getMessage());
        }
        ReferenceException named = assertThrows(
                ReferenceException.class,
                () -> new SchemaCompiler()
                        .compile(
                                String.format(schema, "{\"source\":\"mial\"}"),
                                SchemaOptions.DEFAULT.withSource("mail", "text")));
        assertTrue(named.getMessage().contains("did you mean mail"), named.getMessage());
        ReferenceException empty = assertThrows(
                ReferenceException.class,
                () -> new SchemaCompiler()
                        .compile(String.format(schema, "true"), SchemaOptions.DEFAULT.withSource("")));
        assertTrue(empty.getMessage().contains("the source is empty"), empty.getMessage());
        assertTrue(new SchemaCompiler()
                .compile(String.format(schema, "false"), SchemaOptions.DEFAULT)
                .report()
                .isExact());
    }

    @Test
    void malformedValuesAreErrorsAtTheKeyword() {
        for (String value : List.of(
                "1",
                "null",
                "\"a\"",
                "[]",
                "{\"match\":\"fuzzy\"}",
                "{\"source\":1}",
                "{\"words\":0}",
                "{\"other\":true}")) {
            SyntaxException e = assertThrows(
                    SyntaxException.class,
                    () -> new SchemaCompiler()
                            .compile("{\"x-from-source\":" + value + "}", SchemaOptions.DEFAULT.withSource("a")),
                    value);
            assertTrue(
                    e.place().pointer().startsWith("#/x-from-source"), e.place().pointer());
        }
        assertThrows(InvalidInputException.class, () -> SchemaOptions.DEFAULT.withSource("a\ud800b"));
        LimitExceededException e = assertThrows(
                LimitExceededException.class,
                () -> new SchemaCompiler()
                        .compile(
                                "{\"x-from-source\":true}",
                                SchemaOptions.DEFAULT
                                        .withSource("a".repeat(101))
                                        .withLimits(Limits.DEFAULT.withMaxSourceBytes(100))));
        assertEquals("maxSourceBytes", e.limit());
        assertEquals("#/x-from-source", e.place().pointer());
    }

    @Test
    void aSpanBesidePatternsOfALargeSourceIsFound() {
        Random random = new Random(1);
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            source.append(i).append(i % 7 == 0 ? "-AB" : " ").append((char) ('a' + random.nextInt(26)));
        }
        Recogniser recogniser = Recogniser.of(
                "{\"type\":\"string\",\"x-from-source\":true,\"pattern\":\"^[0-9]+-[A-Z]+$\",\"minLength\":6,\"maxLength\":9}",
                SchemaOptions.DEFAULT.withSource(source.toString()));
        assertTrue(recogniser.accepts("\"4900-AB\""));
        assertTrue(recogniser.accepts("\"900-AB\""));
        assertFalse(recogniser.accepts("\"4901-AB\""));
        assertFalse(recogniser.accepts("\"0-AB\""));
        assertTrue(recogniser.after("\"4901").isEmpty());
    }
}
