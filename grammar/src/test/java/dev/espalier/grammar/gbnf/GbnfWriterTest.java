// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Permutation;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.SentenceCheck;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GbnfWriterTest {

    private final GbnfReader reader = new GbnfReader();

    @Test
    void plainGrammarsLookAsPeopleWriteThem() {
        String text = """
                root ::= "{" ws (pair ("," ws pair)*)? "}" | [^\\]\\x5Ea-z] | <[7]> <|end|>
                pair ::= "\\"" [^\\x00-\\x1F"\\\\]{0,80} "\\":" ws . "日\\n\\t\\x00"{2,}
                ws ::= "" | " "+
                """;
        assertEquals(text, GbnfWriter.write(reader.read(text)));
    }

    @Test
    void theStartRuleIsCalledRootAndNamesAreMadeValid() {
        Grammar grammar = new Grammar(
                "start",
                Map.of(
                        "start",
                        Sequence.of(new RuleReference("a b"), new RuleReference("root")),
                        "a b",
                        Literal.of("1"),
                        "root",
                        Literal.of("2")));
        Grammar readBack = reader.read(GbnfWriter.write(grammar));
        assertTrue(new SlowRecognizer(readBack).accepts(new byte[] {'1', '2'}));
        assertEquals(3, readBack.rules().size());
    }

    @Test
    void smallPermutationsAreWrittenOut() {
        Permutation.Item a = new Permutation.Item(Literal.of("a"), 1, 1);
        Permutation.Item b = new Permutation.Item(Literal.of("b"), 0, Expression.UNBOUNDED);
        Grammar grammar = Grammar.of(new Permutation(List.of(a, b), Literal.of(","), 2, Expression.UNBOUNDED));
        SentenceCheck.check(
                reader.read(GbnfWriter.write(grammar)), "+ a,b\n+ b,b,a,b\n- a\n- b,b\n- a,\n- a,b,a\n- ab");
    }

    @Test
    void whatGbnfCannotSayIsRefusedWithItsNodeAndRule() {
        assertRefused("Literal", new Literal(ByteString.of((byte) 0xC3)));
        assertRefused("External", new Expression.External("frame"));
        assertRefused("Difference", new Expression.Difference(Literal.of("ab"), Literal.of("b")));
        assertRefused("SpecialToken", new SpecialToken("[INST]", -1));
        assertRefused(
                "OtherToken", new Expression.OtherToken(List.of(new SpecialToken("", 1), new SpecialToken("", 2))));
        Permutation.Item many = new Permutation.Item(Literal.of("a"), 0, 1);
        assertRefused("Permutation", new Permutation(java.util.Collections.nCopies(9, many), Expression.EMPTY, 0, 9));
    }

    private static void assertRefused(String node, Expression expression) {
        Grammar grammar = new Grammar("root", Map.of("root", Literal.of(""), "other", expression));
        UnsupportedFeatureException error =
                assertThrows(UnsupportedFeatureException.class, () -> GbnfWriter.write(grammar));
        assertEquals(node, error.feature());
        assertTrue(String.valueOf(error.getMessage()).contains("in the rule \"other\""), error.getMessage());
    }

    @Test
    void aGrammarWithoutTextIsRefused() {
        Expression loop = Sequence.of(Literal.of("a"), new RuleReference("root"));
        for (Expression nothing : List.of(Expression.NOTHING, loop)) {
            UnsupportedFeatureException error =
                    assertThrows(UnsupportedFeatureException.class, () -> GbnfWriter.write(Grammar.of(nothing)));
            assertEquals("Grammar", error.feature());
        }
    }

    @Test
    void rulesWithoutTextAreLeftOut() {
        Map<String, Expression> rules = new LinkedHashMap<>();
        rules.put("root", Choice.of(Literal.of("a"), new RuleReference("loop")));
        rules.put("loop", Sequence.of(Literal.of("b"), new RuleReference("loop")));
        assertEquals("root ::= \"a\"\n", GbnfWriter.write(new Grammar("root", rules)));
    }

    @Test
    void alternativesWithoutTextAreLeftOut() {
        Expression choice = Choice.of(
                Literal.of("a"),
                Sequence.of(Literal.of("b"), Expression.NOTHING),
                new Repeat(Expression.NOTHING, 0, 3));
        assertEquals("root ::= \"a\" | \"\"\n", GbnfWriter.write(Grammar.of(choice)));
    }

    @Test
    void sharedPartsAreRules() {
        Expression doubled = Literal.of("a");
        for (int i = 0; i < 60; i++) {
            doubled = Choice.of(doubled, Sequence.of(doubled, Literal.of("b"), doubled));
        }
        assertTrue(GbnfWriter.write(Grammar.of(doubled)).length() < 10_000);
    }

    @Test
    void aTextThatIsTooLongEndsInALimit() {
        Limits limits = Limits.DEFAULT.withMaxSourceBytes(1000);
        Grammar grammar =
                Grammar.of(Sequence.of(new RuleReference("root"), Literal.of("a".repeat(1001)), Literal.of("a")));
        Grammar productive = new Grammar("root", Map.of("root", Choice.of(grammar.rule("root"), Literal.of(""))));
        LimitExceededException error =
                assertThrows(LimitExceededException.class, () -> GbnfWriter.write(productive, limits));
        assertEquals("maxSourceBytes", error.limit());
    }

    @Test
    void deepExpressionsAreWritten() {
        Expression deep = Literal.of("a");
        for (int i = 0; i < 5000; i++) {
            deep = Choice.of(Sequence.of(Literal.of("("), deep), Literal.of("b"));
        }
        assertTrue(GbnfWriter.write(Grammar.of(deep)).length() > 10_000);
    }
}
