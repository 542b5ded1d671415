// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.CaseFile;
import dev.espalier.grammar.DamagedTexts;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.OtherToken;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.SentenceCheck;
import dev.espalier.grammar.syntax.GbnfLexer;
import dev.espalier.grammar.syntax.GbnfParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GbnfReaderTest {

    private final GbnfReader reader = new GbnfReader();

    static List<CaseFile.Case> accepted() {
        return CaseFile.read("gbnf-accepted.txt");
    }

    static List<CaseFile.Case> rejected() {
        return CaseFile.read("gbnf-rejected.txt");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void grammarsMeanWhatLlamaCppReads(CaseFile.Case given) {
        SentenceCheck.check(reader.read(given.input()), given.expectation());
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void errorsShowThePlaceAndWhatWasExpected(CaseFile.Case given) {
        EspalierException error = assertThrows(EspalierException.class, () -> reader.read(given.input()));
        assertEquals(given.expectation(), error.code() + "\n" + error.getMessage());
    }

    @Test
    void specialTokensAreNamedOrNumbered() {
        Grammar grammar = reader.read("root ::= <[12]> <|tool|>+\n");
        Expression expected = Sequence.of(
                new SpecialToken("", 12), new Repeat(new SpecialToken("<|tool|>", -1), 1, Expression.UNBOUNDED));
        assertEquals(expected, grammar.rule("root"));
    }

    @Test
    void anyTokenButOneIsNamedOrNumbered() {
        Grammar grammar = reader.read("root ::= !<[12]> !<|tool|>*\n");
        Expression expected = Sequence.of(
                new OtherToken(List.of(new SpecialToken("", 12))),
                new Repeat(new OtherToken(List.of(new SpecialToken("<|tool|>", -1))), 0, Expression.UNBOUNDED));
        assertEquals(expected, grammar.rule("root"));
        assertEquals("root ::= !<[12]> !<|tool|>*\n", GbnfWriter.write(grammar));
    }

    @Test
    void countersAreNeverCopies() {
        Grammar grammar = reader.read("root ::= \"a\"{0,2000000000}\n");
        assertEquals(new Repeat(Expression.Literal.of("a"), 0, 2_000_000_000), grammar.rule("root"));
    }

    @Test
    void rulesKeepTheirOrder() {
        Grammar grammar = reader.read("z ::= \"\"\nroot ::= z a\na ::= \"\"\n");
        assertEquals(List.of("z", "root", "a"), List.copyOf(grammar.rules().keySet()));
    }

    @Test
    void sourceNamesStandInFrontOfTheLine() {
        byte[] text = "root ::=\n  (".getBytes(StandardCharsets.UTF_8);
        SyntaxException error =
                assertThrows(SyntaxException.class, () -> reader.read("my.gbnf", text, WorkBudget.standard()));
        assertTrue(String.valueOf(error.getMessage()).startsWith("my.gbnf:2:4: expected "), error.getMessage());
        assertEquals(4, error.place().column());
    }

    @Test
    void onlyWellFormedUtf8WithoutMarksAndNulsIsRead() {
        byte[] malformed = {'r', 'o', 'o', 't', ' ', ':', ':', '=', '\n', ' ', '"', (byte) 0xC3, '('};
        assertRefused("line 2, column 3: the text is not well-formed UTF-8 at byte 11", malformed);
        byte[] cut = {'#', (byte) 0xF0, (byte) 0x9F};
        assertRefused("line 1, column 2: the text is not well-formed UTF-8 at byte 1", cut);
        byte[] surrogate = {'#', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        assertRefused("line 1, column 2: the text is not well-formed UTF-8 at byte 1", surrogate);
        assertRefused("line 1, column 1: the text starts with a byte-order mark", "\uFEFFroot ::= \"a\"");
        assertRefused("line 1, column 12: a NUL character", "root ::= \"a\0\"");
        assertThrows(SyntaxException.class, () -> reader.read("root ::= \"\uD800\""));
    }

    private void assertRefused(String message, String text) {
        assertRefused(message, text.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(String message, byte[] utf8) {
        SyntaxException error = assertThrows(SyntaxException.class, () -> reader.read("", utf8, WorkBudget.standard()));
        assertTrue(String.valueOf(error.getMessage()).startsWith(message), error.getMessage());
    }

    @Test
    void limitsHoldAtTheirEdge() {
        Limits limits = Limits.DEFAULT.withMaxNesting(3).withMaxSourceBytes(22);
        reader.read("root ::= (((\"aa\")))   ", new WorkBudget(limits, new Cancellation()));
        assertLimit("maxSourceBytes", "root ::= (((\"aa\")))    ", limits);
        assertLimit("maxNesting", "root ::= ((((\"\"))))", limits);
        Limits nodes = Limits.DEFAULT.withMaxIrNodes(4);
        reader.read("root ::= . . .", new WorkBudget(nodes, new Cancellation()));
        assertLimit("maxIrNodes", "root ::= . . . .", nodes);
    }

    private void assertLimit(String name, String text, Limits limits) {
        LimitExceededException error = assertThrows(
                LimitExceededException.class, () -> reader.read(text, new WorkBudget(limits, new Cancellation())));
        assertEquals(name, error.limit());
    }

    @Test
    void noTableOfAntlrGrowsWithTheTexts() {
        GbnfReader reader = new GbnfReader();
        DamagedTexts.read(DamagedTexts.GRAMMARS, reader::read);
        assertTrue(reader.lexerStates() < 200, "states " + reader.lexerStates());
        assertEquals(0, DamagedTexts.states(new GbnfLexer(null)) + DamagedTexts.states(new GbnfParser(null)));
    }
}
