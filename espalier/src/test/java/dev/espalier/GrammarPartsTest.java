// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.source.CompiledSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Grammars in which names stand for schemas and other outputs. */
class GrammarPartsTest {

    private static final String TALK = "root ::= \"Order: \" order (\" and \" order)* \".\"";
    private static final Output<String> ORDER = Output.jsonSchema("{\"type\":\"object\",\"properties\":{\"n\":"
            + "{\"type\":\"integer\"}},\"required\":[\"n\"],\"additionalProperties\":false}");

    private static CompiledSource language(Output<?> output) {
        return OutputCompiler.compileSource(output, Limits.DEFAULT);
    }

    private static boolean accepts(CompiledSource language, String text) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet at = StackSet.of(language.automaton().start());
        for (byte symbol : text.getBytes(StandardCharsets.UTF_8)) {
            at = stepper.step(at, symbol & 0xFF);
        }
        return stepper.results(at).length > 0;
    }

    @Test
    void aSchemaIsReadWhereTheGrammarNamesIt() {
        CompiledSource talk = language(Output.grammar(TALK, Map.of("order", ORDER)));
        assertTrue(accepts(talk, "Order: {\"n\":1}."));
        assertTrue(accepts(talk, "Order: {\"n\":1} and {\"n\":-20}."));
        assertEquals(false, accepts(talk, "Order: {\"n\":\"1\"}."));
        assertEquals(false, accepts(talk, "Order: {\"n\":1}"));
        assertTrue(talk.parts().values().stream()
                .allMatch(part -> part.report().orElseThrow().isExact()));
    }

    @Test
    void partsHavePartsOfTheirOwn() {
        Output<String> line =
                Output.grammar("root ::= id \"=\" order", Map.of("order", ORDER, "id", Output.regex("[a-z]+")));
        CompiledSource lines = language(Output.grammar("root ::= (line \"\\n\")+", Map.of("line", line)));
        assertTrue(accepts(lines, "a={\"n\":1}\nbc={\"n\":2}\n"));
        assertEquals(false, accepts(lines, "={\"n\":1}\n"));
    }

    @Test
    void aLanguageHasTheKeywordsOfItsPartsToo() {
        Output<String> twice = Output.jsonSchema(
                "{\"type\":\"string\",\"pattern\":\"^(.)\\\\1$\"}",
                SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END));
        Output<String> inside = Output.grammar("root ::= order order", Map.of("order", twice));
        for (Output<?> output : List.of(twice, inside, Output.grammar("root ::= x", Map.of("x", inside)))) {
            CompiledSource language = language(output);
            assertTrue(language.hasKeywords(Enforcement.CHECKED_AT_END));
            assertTrue(language.hasKeywords(Enforcement.EXACT));
            assertFalse(language.hasKeywords(Enforcement.NOT_ENFORCED));
        }
        assertFalse(language(Output.grammar(TALK, Map.of("order", ORDER))).hasKeywords(Enforcement.CHECKED_AT_END));
        assertFalse(language(Output.regex("a")).hasKeywords(Enforcement.EXACT));
    }

    @Test
    void aNumberEndsWhereTheGrammarGoesOn() {
        Output<String> number = Output.jsonSchema("{\"type\":\"integer\",\"minimum\":5,\"maximum\":120}");
        CompiledSource sum = language(Output.grammar("root ::= n (\"+\" n)* \"0\"", Map.of("n", number)));
        assertTrue(accepts(sum, "120+70"), "7 is a number, then comes 0");
        assertEquals(false, accepts(sum, "4+70"));
    }

    @Test
    void faultsAreNamed() {
        assertThrows(ReferenceException.class, () -> language(Output.grammar(TALK)));
        assertThrows(
                SyntaxException.class,
                () -> language(Output.grammar(TALK + "\norder ::= \"x\"", Map.of("order", ORDER))));
        ReferenceException unused = assertThrows(
                ReferenceException.class,
                () -> language(Output.grammar(TALK, Map.of("order", ORDER, "invoice", ORDER, "bill", ORDER))));
        assertTrue(String.valueOf(unused.getMessage()).contains("\"bill\", \"invoice\""), unused.getMessage());
        assertEquals(1, unused.place().line());
        UnsupportedFeatureException empty = assertThrows(
                UnsupportedFeatureException.class,
                () -> language(Output.grammar(TALK, Map.of("order", Output.regex("a*")))));
        assertTrue(String.valueOf(empty.getMessage()).contains("order?"), empty.getMessage());
    }
}
