// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.DamagedTexts;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.OtherToken;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.SentenceCheck;
import dev.espalier.grammar.syntax.IsoEbnfLexer;
import dev.espalier.grammar.syntax.IsoEbnfParser;
import dev.espalier.grammar.syntax.W3cEbnfLexer;
import dev.espalier.grammar.syntax.W3cEbnfParser;
import dev.espalier.grammar.syntax.XGrammarLexer;
import dev.espalier.grammar.syntax.XGrammarParser;
import java.util.List;
import org.antlr.v4.runtime.Recognizer;
import org.junit.jupiter.api.Test;

class EbnfReadersTest {

    private final IsoEbnfReader iso = new IsoEbnfReader();
    private final W3cEbnfReader w3c = new W3cEbnfReader();
    private final XGrammarReader xgrammar = new XGrammarReader();

    private static SpecialToken token(int id) {
        return new SpecialToken("", id);
    }

    private Expression root(String body) {
        return xgrammar.read("root ::= " + body + "\nrule ::= \"a\"").rule("root");
    }

    @Test
    void tokensAreThoseOfTheirIds() {
        assertEquals(token(7), root("Token(7)"));
        assertEquals(Choice.of(token(7), token(8)), root("Token(7, 8, 7)"));
        assertEquals(new OtherToken(List.of(token(7), token(8))), root("ExcludeToken(7, 8, 7)"));
        assertEquals(new Repeat(token(7), 0, 3), root("Token(7){0,3}"));
    }

    @Test
    void tokensHandOverToRules() {
        Expression free = new Repeat(new OtherToken(List.of(token(2), token(1))), 0, Expression.UNBOUNDED);
        Expression start = Sequence.of(free, new Choice(List.of(Sequence.of(token(1), new RuleReference("rule")))));
        assertEquals(
                Sequence.of(new Repeat(start, 0, Expression.UNBOUNDED), free),
                root("TokenTagDispatch((1, rule), excludes=(2,))"));
        assertEquals(
                Choice.of(free, start),
                root("TokenTagDispatch(\n  (1, rule), # one\n  excludes=(2), loop_after_dispatch=false)"));
        Expression any = new Repeat(new OtherToken(List.of()), 0, Expression.UNBOUNDED);
        assertEquals(any, root("TokenTagDispatch()"));
    }

    @Test
    void commentsOfIsoNestWithoutEnd() {
        int depth = 100_000;
        String comment = "(*".repeat(depth) + "*)".repeat(depth);
        Grammar grammar = iso.read("a = " + comment + " 'b' " + comment + ";");
        SentenceCheck.check(grammar, "+ b\n- a");
    }

    @Test
    void aLongSubstringIsRefusedByItsLimit() {
        String chunks = "\"a\", ".repeat(2_000) + "\"b\"";
        UnsupportedFeatureException error =
                assertThrows(UnsupportedFeatureException.class, () -> root("Substring(" + chunks + ")"));
        assertEquals("Substring", error.feature());
        assertTrue(String.valueOf(error.getMessage()).startsWith("line 1, column 10: "), error.getMessage());
    }

    @Test
    void noTableOfAntlrGrowsWithTheTexts() {
        DamagedTexts.read(DamagedTexts.ISO, iso::read);
        DamagedTexts.read(DamagedTexts.W3C, w3c::read);
        DamagedTexts.read(DamagedTexts.XGRAMMAR, xgrammar::read);
        for (int states : new int[] {iso.lexerStates(), w3c.lexerStates(), xgrammar.lexerStates()}) {
            assertTrue(states < 300, "states " + states);
        }
        List<Recognizer<?, ?>> all = List.of(
                new IsoEbnfLexer(null),
                new IsoEbnfParser(null),
                new W3cEbnfLexer(null),
                new W3cEbnfParser(null),
                new XGrammarLexer(null),
                new XGrammarParser(null));
        all.forEach(each ->
                assertEquals(0, DamagedTexts.states(each), each.getClass().getSimpleName()));
    }
}
