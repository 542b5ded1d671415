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
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GbnfWriterTest {

    private final GbnfReader reader = new GbnfReader();

    @Test
    void whatIsWrittenReadsBackAsTheSameLanguage() {
        long seed = 417;
        RandomGrammars grammars = new RandomGrammars(seed, RandomGrammars.Shape.SMALL);
        int compared = 0;
        for (int round = 0; round < 300; round++) {
            Grammar grammar = grammars.nextProductive();
            String text;
            try {
                text = GbnfWriter.write(grammar);
            } catch (UnsupportedFeatureException e) {
                continue;
            }
            compared++;
            String about = "seed " + seed + " round " + round + ": " + grammar + "\n" + text;
            compare(grammars, new SlowRecognizer(grammar), new SlowRecognizer(reader.read(text)), about);
        }
        assertTrue(compared > 200, "most random grammars can be written, " + compared);
    }

    private static void compare(RandomGrammars texts, SlowRecognizer original, SlowRecognizer readBack, String about) {
        for (int i = 0; i < 6; i++) {
            byte[] text = i % 2 == 0 ? texts.nextText(5) : texts.nextPrefix(original, 5);
            assertEquals(original.accepts(text), readBack.accepts(text), about);
            assertEquals(original.isPrefix(text), readBack.isPrefix(text), about);
        }
    }

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
        assertRefused("Difference", new Expression.Difference(Literal.of("a"), Literal.of("b")));
        assertRefused("CharacterClass", Expression.NOTHING);
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
    void alternativesWithoutTextAreLeftOut() {
        Expression choice = Choice.of(
                Literal.of("a"),
                Sequence.of(Literal.of("b"), Expression.NOTHING),
                new Repeat(Expression.NOTHING, 0, 3));
        assertEquals("root ::= \"a\" | \"\"\n", GbnfWriter.write(Grammar.of(choice)));
    }

    @Test
    void sharedPartsThatDoubleAndDoubleEndInALimit() {
        Expression doubled = Literal.of("a");
        for (int i = 0; i < 60; i++) {
            doubled = Sequence.of(doubled, doubled);
        }
        Grammar grammar = Grammar.of(doubled);
        Limits limits = Limits.DEFAULT.withMaxSourceBytes(100_000);
        LimitExceededException error =
                assertThrows(LimitExceededException.class, () -> GbnfWriter.write(grammar, limits));
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
