// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Intersection;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WrittenDialectTest {

    private static GrammarReader<?> reader(WrittenDialect dialect) {
        return GrammarDialect.named(dialect.text()).newReader();
    }

    @ParameterizedTest
    @EnumSource(names = {"GBNF", "EBNF_W3C", "EBNF_XGRAMMAR", "EBNF_ISO"})
    void whatIsWrittenReadsBackAsTheSameLanguage(WrittenDialect dialect) {
        GrammarReader<?> reader = reader(dialect);
        long seed = 417;
        RandomGrammars grammars = new RandomGrammars(seed, RandomGrammars.Shape.SMALL);
        int compared = 0;
        for (int round = 0; round < 300; round++) {
            Grammar grammar = grammars.nextProductive();
            String text;
            try {
                text = dialect.write(grammar, Limits.DEFAULT);
            } catch (UnsupportedFeatureException e) {
                continue;
            }
            compared++;
            String about = "seed " + seed + " round " + round + ": " + grammar + "\n" + text;
            compare(grammars, new SlowRecognizer(grammar), new SlowRecognizer((Grammar) reader.read(text)), about);
        }
        int least = dialect == WrittenDialect.EBNF_ISO ? 100 : 280;
        assertTrue(compared > least, "most random grammars can be written, " + compared);
    }

    private static void compare(RandomGrammars texts, SlowRecognizer original, SlowRecognizer readBack, String about) {
        for (int i = 0; i < 10; i++) {
            byte[] text = i % 2 == 0 ? texts.nextText(5) : texts.nextPrefix(original, 6);
            assertEquals(original.accepts(text), readBack.accepts(text), about);
            assertEquals(original.isPrefix(text), readBack.isPrefix(text), about);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GBNF", "EBNF_W3C", "EBNF_XGRAMMAR", "EBNF_ISO"})
    void numbersOfTimesAreKept(WrittenDialect dialect) {
        GrammarReader<?> reader = reader(dialect);
        for (int min = 0; min < 13; min++) {
            for (int max = Math.max(min - 1, 1); max < 14; max++) {
                int most = max < min ? Expression.UNBOUNDED : max;
                Expression item =
                        (min + max) % 2 == 0 ? Literal.of("a") : Expression.Choice.of(Literal.of("a"), Literal.of("b"));
                String text = dialect.write(Grammar.of(new Repeat(item, min, most)), Limits.DEFAULT);
                SlowRecognizer recognizer = new SlowRecognizer((Grammar) reader.read(text));
                for (int length = 0; length < 16; length++) {
                    boolean isCounted = length >= min && (most == Expression.UNBOUNDED || length <= most);
                    assertEquals(
                            isCounted, recognizer.accepts("a".repeat(length).getBytes(StandardCharsets.UTF_8)), text);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EBNF_W3C", "EBNF_ISO"})
    void intersectionsAreWrittenAsDifferences(WrittenDialect dialect) {
        Expression even = new Repeat(Literal.of("aa"), 0, Expression.UNBOUNDED);
        Expression threes = new Repeat(Literal.of("aaa"), 0, Expression.UNBOUNDED);
        Grammar grammar = Grammar.of(new Intersection(even, threes));
        SlowRecognizer readBack =
                new SlowRecognizer((Grammar) reader(dialect).read(dialect.write(grammar, Limits.DEFAULT)));
        for (int length = 0; length < 20; length++) {
            assertEquals(
                    length % 6 == 0,
                    readBack.accepts("a".repeat(length).getBytes(StandardCharsets.UTF_8)),
                    "" + length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDifferenceOfCharactersIsAClassEverywhere(WrittenDialect dialect) {
        Expression small = new Expression.CharacterClass(CodePoints.range('a', 'e'));
        Expression vowels = Expression.Choice.of(Literal.of("a"), new Expression.RuleReference("e"));
        Grammar grammar = new Grammar("root", Map.of("root", new Difference(small, vowels), "e", Literal.of("e")));
        String text = dialect.write(grammar, Limits.DEFAULT);
        assertTrue(text.contains("[b-d]") || text.contains("\"b\" | \"c\" | \"d\""), text);
    }

    @Test
    void longTextsOfLlguidanceAreCutIntoCharacters() {
        assertEquals(
                "start: \"a\" \"\\n\" \"é\"\n",
                WrittenDialect.LLGUIDANCE.write(Grammar.of(Literal.of("a\né")), Limits.DEFAULT));
        assertEquals("start: \"a\\né\"\n", WrittenDialect.LARK.write(Grammar.of(Literal.of("a\né")), Limits.DEFAULT));
    }

    @Test
    void noDigitStandsBehindWhatXGrammarShowsByNumber() {
        Grammar literal = Grammar.of(Literal.of("é1\u0001g\u0001f\nf"));
        assertEquals(
                "root ::= \"é\" \"1\\u0001g\\u0001\" \"f\\n\" \"f\"\n",
                WrittenDialect.EBNF_XGRAMMAR.write(literal, Limits.DEFAULT));
        Grammar set = Grammar.of(new Expression.CharacterClass(CodePoints.ofRanges(1, 1, 'a', 'c', 'x', 'x')));
        assertEquals("root ::= [a-c\\u0001x]\n", WrittenDialect.EBNF_XGRAMMAR.write(set, Limits.DEFAULT));
    }

    @Test
    void namesAreThoseOfTheirConstants() {
        for (WrittenDialect dialect : WrittenDialect.values()) {
            assertEquals(dialect, WrittenDialect.named(dialect.text()));
        }
        InvalidInputException error = assertThrows(InvalidInputException.class, () -> WrittenDialect.named("larc"));
        assertTrue(String.valueOf(error.getMessage()).contains("lark"), error.getMessage());
    }
}
