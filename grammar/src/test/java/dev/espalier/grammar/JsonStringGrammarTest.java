// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A text is a sentence exactly if its spelling in JSON is one of the strings' grammar. */
class JsonStringGrammarTest {

    private static final String[] CHARACTERS = {
        "a", "b", "c", "\"", "\n", "\\", "/", "\t", "\u0001", "\u001f", "\u007f", "é", "日", "😀", "u", "0"
    };

    /** A string as RFC 8259 has it, with the shortest spellings. */
    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char one : text.toCharArray()) {
            switch (one) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default ->
                    json.append(
                            one < ' ' ? "\\u00" + (one < 16 ? "0" : "1") + Integer.toHexString(one % 16) : "" + one);
            }
        }
        return json.append('"').toString();
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertAlike(SlowRecognizer texts, SlowRecognizer strings, String text, Object about) {
        byte[] json = utf8(quoted(text));
        String at = text + " of " + about;
        assertEquals(texts.accepts(utf8(text)), strings.accepts(json), at);
        // whatever the text goes on with, its string does
        byte[] open = utf8(quoted(text).substring(0, quoted(text).length() - 1));
        assertEquals(texts.isPrefix(utf8(text)), strings.isPrefix(open), at);
    }

    @Test
    void aTextIsASentenceIfItsStringIsOne() {
        RandomGrammars grammars = new RandomGrammars(20261124, RandomGrammars.Shape.SMALL);
        Random random = new Random(7);
        int accepted = 0;
        for (int round = 0; round < 400; round++) {
            Grammar grammar = grammars.nextProductive();
            SlowRecognizer texts = new SlowRecognizer(grammar);
            SlowRecognizer strings = new SlowRecognizer(JsonStringGrammar.of(grammar));
            for (int i = 0; i < 12; i++) {
                String text = i % 3 == 0
                        ? text(random, 4)
                        : new String(grammars.nextPrefix(texts, 5), StandardCharsets.UTF_8);
                accepted += texts.accepts(utf8(text)) ? 1 : 0;
                assertAlike(texts, strings, text, grammar);
                // no other spelling, and nothing that is no string
                if (!text.contains("\\") && (text.contains("\"") || text.contains("\n"))) {
                    assertFalse(strings.accepts(utf8("\"" + text + "\"")), text);
                }
                assertFalse(!text.startsWith("\"") && strings.accepts(utf8(text)), text);
                assertFalse(strings.accepts(utf8(quoted(text).replace("\n", "\\u000a") + " ")), text);
            }
        }
        assertTrue(accepted > 200, "only " + accepted + " texts are sentences");
    }

    @Test
    void intersectionsDifferencesAndFreeText() {
        Expression any = new Expression.Repeat(new Expression.CharacterClass(CodePoints.ALL), 0, Expression.UNBOUNDED);
        Expression few = new Expression.Repeat(
                new Expression.CharacterClass(CodePoints.ofRanges('a', 'b', '"', '"', '\n', '\n')),
                0,
                Expression.UNBOUNDED);
        List<Expression> all = List.of(
                new Expression.Intersection(any, few),
                new Expression.Difference(any, few),
                new Expression.Difference(few, Expression.Literal.of("a\n")),
                new Expression.FreeText(
                        List.of(new Expression.FreeText.Stop("\"\n", Expression.Literal.of("\\"))),
                        List.of("ab"),
                        true));
        Random random = new Random(11);
        for (Expression one : all) {
            Expression plain = one instanceof Expression.FreeText free ? free.byDifferences() : one;
            SlowRecognizer texts = SlowRecognizer.of(plain);
            SlowRecognizer strings = new SlowRecognizer(JsonStringGrammar.of(Grammar.of(one)));
            for (int i = 0; i < 300; i++) {
                String text = text(random, 5);
                assertEquals(texts.accepts(utf8(text)), strings.accepts(utf8(quoted(text))), text + " of " + one);
            }
            assertEquals(texts.accepts(utf8("b\"\n\\")), strings.accepts(utf8(quoted("b\"\n\\"))), one.toString());
        }
    }

    @Test
    void everyCharacterHasOneSpelling() {
        SlowRecognizer strings =
                new SlowRecognizer(JsonStringGrammar.of(Grammar.of(new Expression.CharacterClass(CodePoints.ALL))));
        for (int value = 0; value < 0x3000; value++) {
            String text = Character.toString(value);
            assertTrue(strings.accepts(utf8(quoted(text))), quoted(text));
            String escaped = String.format("\"\\u%04x\"", value);
            assertEquals(quoted(text).equals(escaped), strings.accepts(utf8(escaped)), escaped);
        }
        assertFalse(strings.accepts(utf8("\"\\/\"")));
        assertFalse(strings.accepts(utf8("\"\\u001F\"")));
    }

    @Test
    void whatIsNoTextIsRefused() {
        for (Expression one : List.of(
                new Expression.SpecialToken("<|x|>", -1),
                new Expression.OtherToken(List.of()),
                new Expression.External("part", Optional.empty()))) {
            Grammar grammar = Grammar.of(Expression.Sequence.of(new Expression.Literal(ByteString.utf8("a")), one));
            assertThrows(UnsupportedFeatureException.class, () -> JsonStringGrammar.of(grammar));
        }
    }
}
