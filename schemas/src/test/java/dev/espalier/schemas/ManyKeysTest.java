// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many keys are counted, and not tried one by one: however many members a schema asks for, and however patterns overlap. */
class ManyKeysTest {

    /** Schemas whose shortest objects are told by counts of keys, beside demands on names, classes and values. */
    private static final List<String> COUNTED = List.of(
            "{\"minProperties\":3}",
            "{\"type\":\"object\",\"minProperties\":4,\"required\":[\"abc\",\"d\"],\"maxProperties\":5}",
            "{\"type\":\"object\",\"minProperties\":3,\"properties\":{\"a\":{\"minLength\":9,\"type\":\"string\"},\"b\":{\"type\":\"null\"}},"
                    + "\"required\":[\"a\"],\"patternProperties\":{\"^x\":{\"type\":\"null\"}},\"additionalProperties\":{\"minItems\":3,"
                    + "\"type\":\"array\"}}",
            "{\"type\":\"object\",\"minProperties\":5,\"propertyNames\":{\"pattern\":\"^[ab]{1,2}$\"},"
                    + "\"additionalProperties\":{\"type\":\"null\"}}",
            "{\"type\":\"object\",\"minProperties\":2,\"patternProperties\":{\"^a*$\":{\"type\":\"null\"},\"b\":{\"const\":12}},"
                    + "\"additionalProperties\":false}",
            "{\"type\":\"object\",\"minProperties\":18,\"propertyNames\":{\"pattern\":\"^[a-e]{2}$\"},"
                    + "\"patternProperties\":{\"a\":{\"const\":\"long\"}}}");

    private static String each(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(","));
    }

    private static String overlapping(int patterns, IntFunction<String> schema) {
        return "{\"type\":\"object\",\"patternProperties\":{"
                + each(patterns, i -> "\"" + (char) ('a' + i) + "\":" + schema.apply(i)) + "}}";
    }

    private static int distance(String schema) {
        return new Stepper(Limits.DEFAULT)
                .distance(StackSet.of(new SchemaCompiler()
                        .compile(schema, SchemaOptions.CHECKING.withLimits(Limits.DEFAULT))
                        .automaton()
                        .start()));
    }

    @Test
    void distancesOfCountedMembersShrinkByOne() {
        long seed = 77;
        for (String schema : COUNTED) {
            SchemaOptions options = SchemaOptions.DEFAULT.withWhiteSpace(WhiteSpace.COMPACT);
            FrameContract.check(
                    new SchemaCompiler().compile(schema, options).automaton().start(), 256, seed++, 1, 14);
        }
    }

    @Test
    void thousandsOfMembersAreCountedBySize() {
        String least = "{\"type\":\"object\",\"additionalProperties\":{\"const\":0},\"minProperties\":";
        // the empty key, 94 of one byte, then some of two
        assertEquals(2 + 5 * 95 - 1 + 94, distance(least + "95}"));
        assertEquals(2 + 5 * 1095 - 1 + 94 + 2 * 1000, distance(least + "1095}"));
        assertEquals(Integer.MAX_VALUE - 1, distance("{\"type\":\"object\",\"minProperties\":1e999}"));
    }

    @Test
    void moreMembersThanThereAreKeysAreRefused() {
        String schema = "{\"type\":\"object\",\"propertyNames\":{\"pattern\":\"^[a-z]{3}$\"},\"minProperties\":";
        assertEquals(
                1 + 17576 * 8,
                distance(schema.replace("\"minP", "\"additionalProperties\":{\"const\":0},\"minP") + "17576}"));
        assertThrows(dev.espalier.core.error.UnsatisfiableException.class, () -> distance(schema + "17577}"));
    }

    @Test
    void keysInManyPatternsAreJudgedByAllOfThem() {
        String schema = overlapping(14, i -> "{\"minimum\":" + i + "}");
        Recogniser recogniser = new Recogniser(new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT)
                .automaton()
                .start());
        assertTrue(recogniser.accepts("{\"zaz\":0,\"xxcx\":2,\"nmlkjihgfedcba\":13}"));
        assertTrue(recogniser.accepts("{\"zz\":-5,\"abz\":1}"));
        assertFalse(recogniser.accepts("{\"aza\":0,\"abn\":12}"));
        assertFalse(recogniser.accepts("{\"bb\":0}"));
    }

    @Test
    void patternsThatAskTheSameAreOne() {
        Limits small = Limits.DEFAULT.withMaxAutomatonStates(3_000);
        String schema =
                overlapping(20, i -> "{\"type\":\"integer\"}").replace("}}}", "}},\"additionalProperties\":false}");
        Recogniser recogniser = new Recogniser(new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT.withLimits(small))
                .automaton()
                .start());
        assertTrue(recogniser.accepts("{\"zt\":1,\"abcdef\":2}"));
        assertFalse(recogniser.accepts("{\"z\":1}"));
        assertFalse(recogniser.accepts("{\"a\":null}"));
    }

    @Test
    void tooManyClassesAreRefusedByName() {
        String schema = overlapping(20, i -> "{\"minimum\":" + i + "}");
        SchemaOptions small = SchemaOptions.DEFAULT.withLimits(Limits.DEFAULT.withMaxAutomatonStates(100_000));
        LimitExceededException refused =
                assertThrows(LimitExceededException.class, () -> new SchemaCompiler().compile(schema, small));
        assertEquals("maxAutomatonStates", refused.limit());
    }
}
