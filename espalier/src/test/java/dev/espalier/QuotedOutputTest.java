// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.SpanMatch;
import dev.espalier.source.OutputSource;
import dev.espalier.type.FromSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Outputs that quote from a source: Java types, schemas, and parts of grammars. */
class QuotedOutputTest {

    private static final String MAIL = "Dear Ms Lovelace,\nthe Analytical Engine costs 1200.50 pounds.";

    record Order(
            @FromSource(words = true) String customer,
            @FromSource(match = SpanMatch.FOLDED) Optional<String> item,
            double price,
            @FromSource List<String> quotes,
            @FromSource(source = "other") String[] notes) {}

    record Wrong(@FromSource int number) {}

    private static boolean accepts(Output<?> output, String text) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet at = StackSet.of(
                OutputCompiler.compileSource(output, Limits.DEFAULT).automaton().start());
        for (byte symbol : text.getBytes(StandardCharsets.UTF_8)) {
            at = stepper.step(at, symbol & 0xFF);
        }
        return stepper.results(at).length > 0;
    }

    private static String order(String customer, String item, String quote, String note) {
        return "{\"customer\":\"" + customer + "\",\"item\":\"" + item + "\",\"price\":1200.5,\"quotes\":[\"" + quote
                + "\"],\"notes\":[\"" + note + "\"]}";
    }

    @Test
    void componentsOfRecordsAreQuoted() {
        Output<Order> order = Output.of(Order.class).withSource(MAIL).withSource("other", "x y");
        assertTrue(accepts(order, order("Ms Lovelace", "analytical  ENGINE", "Love", "x")));
        assertFalse(accepts(order, order("Ms Love", "analytical engine", "Love", "x")));
        assertFalse(accepts(order, order("Ms Lovelace", "analytic engine", "Love", "x")));
        assertFalse(accepts(order, order("Ms Lovelace", "engine", "love", "x")));
        assertFalse(accepts(order, order("Ms Lovelace", "engine", "Love", "z")));
        assertEquals(
                "Ms Lovelace",
                order.read(order("Ms Lovelace", "engine", "Love", "x")).customer());
        assertThrows(
                ReferenceException.class, () -> accepts(Output.of(Order.class).withSource(MAIL), "{}"));
        UnsupportedFeatureException e = assertThrows(UnsupportedFeatureException.class, () -> Output.of(Wrong.class));
        assertTrue(String.valueOf(e.getMessage()).contains("number"), e.getMessage());
    }

    @Test
    void theRequestMayBringTheSource() {
        Output<String> name = Output.jsonSchema("{\"type\":\"string\",\"x-from-source\":true}");
        Request<String> request = Request.of(MAIL, name);
        assertEquals(
                name.withSource("Ada").source(),
                request.withSource("Ada").output().source());
        assertEquals(
                name.withSource(MAIL).source(),
                request.withPromptAsSource().output().source());
        assertEquals(MAIL, request.withSource("Ada").prompt());
    }

    @Test
    void spansArePlainTextInGrammars() {
        Output<String> span = Output.fromSource(MAIL);
        assertTrue(accepts(span, "Lovelace,\nthe"));
        assertFalse(accepts(span, "Lovelace,\\nthe"));
        assertFalse(accepts(span, ""));
        Output<String> words = Output.fromSource(MAIL, SpanMatch.FOLDED, true);
        Output<String> talk = Output.grammar(
                "root ::= \"She wrote '\" span \"' to \" name \".\"", Map.of("span", span, "name", words));
        assertTrue(accepts(talk, "She wrote 'costs 1200' to ms lovelace."));
        assertFalse(accepts(talk, "She wrote 'costs 1201' to ms lovelace."));
        assertFalse(accepts(talk, "She wrote 'costs 1200' to ms love."));
        assertEquals(
                new OutputSource.Span(MAIL, SpanMatch.FOLDED, true),
                Output.saved(words.toBytes(), "words").source());
        assertThrows(InvalidInputException.class, () -> Output.fromSource(""));
    }

    @Test
    void schemasOfPartsQuoteToo() {
        Output<String> part = Output.jsonSchema("{\"type\":\"string\",\"x-from-source\":true}");
        Output<String> talk =
                Output.grammar("root ::= \"<\" q \">\"", Map.of("q", part)).withSource(MAIL);
        assertTrue(accepts(talk, "<\"Engine\">"));
        assertFalse(accepts(talk, "<\"engine\">"));
        for (Output<?> other : List.of(Output.regex("a"), Output.text(), Output.fromSource("a"), Output.choice("a"))) {
            assertThrows(InvalidInputException.class, () -> other.withSource(MAIL));
        }
    }
}
