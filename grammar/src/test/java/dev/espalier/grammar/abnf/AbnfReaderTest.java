// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.abnf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.DamagedTexts;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.syntax.AbnfLexer;
import dev.espalier.grammar.syntax.AbnfParser;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AbnfReaderTest {

    private final AbnfReader reader = new AbnfReader();

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void valuesOfBytesAreBytes() {
        SlowRecognizer read =
                new SlowRecognizer(AbnfReader.ofBytes().read("a = %xC3 %xA0-BF / %xFF.00 / %x7E-81 OCTET"));
        assertTrue(read.accepts("\u00e9".getBytes(StandardCharsets.UTF_8)));
        assertTrue(read.accepts(bytes(0xFF, 0)));
        assertTrue(read.accepts(bytes(0x81, 0xFF)));
        assertTrue(read.accepts(bytes(0x7E, 0)));
        assertFalse(read.accepts(bytes(0x82, 0)));
        assertFalse(read.accepts(bytes(0xC3, 0x9F)));
        assertFalse(read.accepts("\u00c3\u00a0".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void thereAreNoBytesPastFf() {
        for (String value : List.of("%x100", "%x00-100", "%x41.100")) {
            SyntaxException error = assertThrows(
                    SyntaxException.class, () -> AbnfReader.ofBytes().read("a = " + value));
            assertTrue(String.valueOf(error.getMessage()).contains("there is no byte past FF"), error.getMessage());
            reader.read("a = " + value);
        }
    }

    @Test
    void aRuleIsCalledAsItIsSpelledFirst() {
        Grammar grammar = reader.read("List = item\nITEM = list digit");
        assertEquals(
                List.of("List", "item", "digit"), List.copyOf(grammar.rules().keySet()));
        GrammarOptions options = GrammarOptions.DEFAULT.withRoot("ITEM");
        assertEquals(
                "item",
                reader.read("List = item\nITEM = DIGIT", options, WorkBudget.standard())
                        .root());
    }

    @Test
    void framesAreNamedInAnyCaseToo() {
        GrammarOptions options = GrammarOptions.DEFAULT.withFrames(Set.of("Ticket"));
        Grammar grammar = reader.read("a = TICKET / <ticket>", options, WorkBudget.standard());
        assertTrue(grammar.rule("a").toString().contains("External[name=Ticket"), grammar.toString());
        GrammarOptions two = GrammarOptions.DEFAULT.withFrames(Set.of("Ticket", "ticket"));
        assertThrows(ReferenceException.class, () -> reader.read("a = ticket", two, WorkBudget.standard()));
    }

    @Test
    void manyIncrementsAreOneFlatChoice() {
        StringBuilder text = new StringBuilder("a = \"1\"\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("a =/ \"").append(i % 10).append("\"\n");
        }
        Grammar grammar = reader.read(text.toString());
        assertEquals(
                20_001,
                ((dev.espalier.grammar.Expression.Choice) grammar.rule("a"))
                        .alternatives()
                        .size());
    }

    @Test
    void noTableOfAntlrGrowsWithTheTexts() {
        DamagedTexts.read(DamagedTexts.ABNF, reader::read);
        assertTrue(reader.lexerStates() < 200, "states " + reader.lexerStates());
        assertEquals(0, DamagedTexts.states(new AbnfLexer(null)) + DamagedTexts.states(new AbnfParser(null)));
    }
}
