// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.testing.FrameContract;
import dev.espalier.schemas.object.Discriminator;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Unions of objects of which a payload may be read before what tells them apart. */
class DiscriminatorTest {

    private static final SchemaOptions ANY_ORDER = SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY);

    /** Branches with a payload of their own each, so that any set of them may be satisfied by one payload. */
    private static String union(int branches, String required) {
        return IntStream.range(0, branches)
                .mapToObj(i -> "{\"properties\":{\"t\":{\"const\":\"" + (char) ('a' + i % 26) + i + "\"},"
                        + "\"p\":{\"type\":\"object\",\"properties\":{\"k" + i
                        + "\":{\"type\":\"integer\"}}}},\"required\":" + required + "}")
                .collect(Collectors.joining(",", "{\"type\":\"object\",\"anyOf\":[", "]}"));
    }

    @Test
    void aPayloadBeforeItsTypeIsJudgedByTheTypeThatFollows() {
        Recogniser recogniser = Recogniser.of(union(40, "[\"t\"]"), ANY_ORDER);
        assertEquals(40, recogniser.after("{\"p\":").size());
        assertTrue(recogniser.accepts("{\"p\":{\"k3\":\"x\"},\"t\":\"e4\"}"));
        assertFalse(recogniser.accepts("{\"p\":{\"k3\":\"x\"},\"t\":\"d3\"}"));
        assertFalse(recogniser.accepts("{\"p\":{\"k3\":\"x\"}}"));
        assertTrue(recogniser.accepts("{\"t\":\"d3\",\"p\":{\"k3\":1}}"));
        assertFalse(recogniser.accepts("{\"t\":\"d3\",\"p\":{\"k3\":null}}"));
        assertEquals(1, recogniser.after("{\"t\":\"d3\",").size());
    }

    @Test
    void aTypeThatMayBeMissingIsAnAlternativeOfItsOwn() {
        Recogniser recogniser = Recogniser.of(union(20, "[]"), ANY_ORDER);
        assertTrue(recogniser.accepts("{\"p\":{\"k3\":\"x\"}}"));
        assertTrue(recogniser.accepts("{}"));
        assertTrue(recogniser.accepts("{\"t\":\"d3\"}"));
        assertFalse(recogniser.accepts("{\"p\":{\"k3\":\"x\"},\"t\":\"d3\"}"));
        String none =
                IntStream.range(0, 20).mapToObj(i -> "\"k" + i + "\":null").collect(Collectors.joining(","));
        assertFalse(recogniser.accepts("{\"p\":{" + none + "}}"));
    }

    @Test
    void unionsWithoutACommonKeyAreReadAsConjunctions() {
        String schema = IntStream.range(0, 20)
                .mapToObj(i -> "{\"properties\":{\"p\":{\"type\":\"object\",\"required\":[\"k" + i + "\"]}},"
                        + "\"required\":[\"q" + i + "\"]}")
                .collect(Collectors.joining(",", "{\"type\":\"object\",\"anyOf\":[", "]}"));
        Recogniser recogniser = Recogniser.of(schema, ANY_ORDER);
        assertTrue(recogniser.after("{\"p\":").size() >= 20);
        assertTrue(recogniser.accepts("{\"p\":{\"k7\":0},\"q7\":1}"));
        assertTrue(recogniser.accepts("{\"q7\":1}"));
        assertFalse(recogniser.accepts("{\"p\":{\"k7\":0},\"q8\":1}"));
        assertTrue(recogniser.accepts("{\"q7\":1,\"p\":{\"k8\":0},\"q8\":1}"));
    }

    @Test
    void alternativesAreOneUntilTheFirstKeyIsRead() {
        Recogniser recogniser = Recogniser.of(union(40, "[\"t\"]"), ANY_ORDER);
        assertEquals(1, recogniser.after("{").size());
        assertEquals(1, recogniser.after("{\"t").size());
        assertEquals(1, recogniser.after("{\"t\":\"").size());
        assertEquals(1, recogniser.after("{\"t\":\"d3\"").size());
        assertEquals(40, recogniser.after("{\"other\":").size());
        Recogniser optional = Recogniser.of(union(40, "[]"), ANY_ORDER);
        assertEquals(1, optional.after("{\"t\":\"d3\"").size());
        assertEquals(40, optional.after("{\"other\":").size());
    }

    @Test
    void theTellingValueIsAskedForWhatPatternsOfKeysDemandToo() {
        String branches = IntStream.range(0, 40)
                .mapToObj(i -> "{\"properties\":{\"t\":{\"enum\":[\"" + i + "\",\"long" + i + "\"]},"
                        + "\"p\":{\"type\":\"object\",\"properties\":{\"k" + i + "\":{\"type\":\"integer\"}}}}}")
                .collect(Collectors.joining(","));
        Recogniser recogniser = Recogniser.of(
                "{\"type\":\"object\",\"required\":[\"t\"],\"patternProperties\":{\"^t\":{\"maxLength\":3}},\"anyOf\":["
                        + branches + "]}",
                ANY_ORDER);
        assertTrue(recogniser.accepts("{\"t\":\"7\",\"p\":{\"k7\":1}}"));
        assertTrue(recogniser.accepts("{\"t\":\"7\",\"p\":{\"k8\":null}}"));
        assertFalse(recogniser.accepts("{\"t\":\"7\",\"p\":{\"k7\":null}}"));
        assertTrue(recogniser.after("{\"t\":\"l").isEmpty());
        assertTrue(recogniser.after("{\"p\":{},\"t\":\"l").isEmpty());
    }

    @Test
    void fewBranchesAreReadInLockStep() {
        assertEquals(1, Recogniser.of(union(4, "[\"t\"]"), ANY_ORDER).after("{").size());
    }

    @Test
    void alternativesKeepTheContractOfStates() {
        for (MemberOrder order : MemberOrder.values()) {
            SchemaOptions options = SchemaOptions.DEFAULT.withMemberOrder(order);
            SchemaCompiler compiler = new SchemaCompiler(new Discriminator.Patience(1, 1024));
            FrameContract.check(
                    compiler.compile(union(3, "[\"t\"]"), options).automaton().start(), 256, 7, 3, 25);
            FrameContract.check(
                    compiler.compile(union(3, "[]"), options).automaton().start(), 256, 8, 3, 25);
        }
    }
}
