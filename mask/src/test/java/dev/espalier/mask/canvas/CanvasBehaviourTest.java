// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.JsonText;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold of the slots of small canvases. {@code _} is a free slot. */
class CanvasBehaviourTest {

    private static final String END = Toy.END;
    private static final String BYTES = "{}[]\",:01ax \\u";

    @Test
    void masksAreOfSingleSlotsAndDoNotPromiseJointChoices() {
        Toy toy = Toy.json("{", "}", "[", "]");
        assertEquals(Set.of("{", "["), toy.mask(0, "_", "_"));
        assertEquals(Set.of("}", "]"), toy.mask(1, "_", "_"));
        assertFalse(toy.isCompletable("{", "]"));
        assertTrue(toy.isCompletable("[", "]"));
    }

    @Test
    void tooFewSlotsAreNotCompletable() {
        Toy toy = Toy.json("{", "}", "[", "]");
        assertFalse(toy.isCompletable("_"));
        assertEquals(Set.of(), toy.mask(0, "_"));
    }

    @Test
    void oneTokenMayBeTheWholeText() {
        assertEquals(Set.of("{}"), Toy.json("{", "}", "[", "]", "{}").mask(0, "_"));
    }

    @Test
    void slotsThatAreLeftOverNeedAnEndToken() {
        assertFalse(Toy.json("{}").isCompletable("_", "_", "_"));
        Toy toy = Toy.json("{}", END);
        assertEquals(Set.of("{}"), toy.mask(0, "_", "_", "_"));
        assertEquals(Set.of(END), toy.mask(1, "_", "_", "_"));
        assertEquals(Set.of(END), toy.mask(2, "_", "_", "_"));
    }

    @Test
    void beforeAnEndTokenTheTextIsComplete() {
        Toy toy = Toy.json("{", "{}", "[]", "1", "-", "\"", END);
        assertEquals(Set.of("{}", "[]", "1"), toy.mask(0, "_", END));
    }

    @Test
    void anEndTokenInTheFirstSlotNeedsAnEmptyText() {
        assertFalse(Toy.json("{}", END).isCompletable(END, "_"));
        Toy mayBeEmpty = Toy.of("root ::= \"a\"*", "a", END);
        assertTrue(mayBeEmpty.isCompletable(END, "_"));
        assertEquals(Set.of(END), mayBeEmpty.mask(1, END, "_"));
        assertEquals(Set.of("a", END), mayBeEmpty.mask(1, "_", "_"));
        assertFalse(mayBeEmpty.isCompletable(END, "a"));
    }

    @Test
    void noSlotsAreCompleteWhenTheTextMayBeEmpty() {
        assertTrue(Toy.of("root ::= \"a\"*", "a").isCompletable());
        assertFalse(Toy.json("{}", END).isCompletable());
    }

    @Test
    void aFixedBracketBehindAllowsWhatItCloses() {
        Toy toy = Toy.jsonWithBytes(BYTES);
        assertEquals(Set.of("[", "{", "\"", "0", "1", " "), toy.mask(1, "[", "_", "_", "]"));
        assertEquals(Set.of("]", "}", "\"", "0", "1", " "), toy.mask(2, "[", "_", "_", "]"));
        assertEquals(Set.of(" "), toy.mask(2, "[", "0", "_", "]"));
        assertTrue(toy.isCompletable("[", " ", " ", "]"));
    }

    @Test
    void aFixedBracketBehindRulesOutOtherBeginnings() {
        assertEquals(Set.of("[", " "), Toy.jsonWithBytes(BYTES).mask(0, "_", "_", "_", "]"));
    }

    @Test
    void oneTokenClosesSeveralFrames() {
        Toy toy = Toy.json("[{\"a\":\"", "x", "\"}]", "\"}", "\"");
        assertEquals(Set.of("\"}]"), toy.mask(2, "[{\"a\":\"", "x", "_"));
    }

    @Test
    void oneTokenClosesAnObjectAndOpensTheNextOfAnArrayOnly() {
        Toy inArray = Toy.json("[{\"a\":1", "},{\"", "a\":1}", "]", ",\"");
        assertEquals(Set.of("},{\"", ",\""), inArray.mask(1, "[{\"a\":1", "_", "a\":1}", "]"));
        Toy inObject = Toy.json("{\"b\":{\"a\":1", "},{\"", "a\":1}}");
        assertFalse(inObject.isCompletable("{\"b\":{\"a\":1", "_", "a\":1}}"));
    }

    @Test
    void whiteSpaceAroundAColonIsFree() {
        Toy toy = Toy.json("{\"a\"", ":", ": ", " :", ",", "}", "1}");
        assertEquals(Set.of(":", ": ", " :"), toy.mask(1, "{\"a\"", "_", "1}"));
    }

    @Test
    void charactersMayBeSplitOverSlotsButAreWellFormed() {
        Toy toy = Toy.json("\"", "\u00c3", "\u00a9", "\u00a0", "\u00a9a", "\u00a9\"", "\u00ed", "\u0080", "a");
        assertEquals(Set.of("\u00a9", "\u00a0", "\u0080", "\u00a9a"), toy.mask(2, "\"", "\u00c3", "_", "\""));
        assertEquals(Set.of("\u00a9\""), toy.mask(2, "\"", "\u00c3", "_"));
        assertFalse(toy.isCompletable("\"", "\u00a9", "_", "\""));
        assertFalse(toy.isCompletable("\"", "\u00ed", "\u00a0", "\u0080", "\""));
        assertTrue(toy.isCompletable("\"", "\u00ed", "\u0080", "\u0080", "\""));
    }

    @Test
    void escapesAreThoseOfJson() {
        Toy toy = Toy.jsonWithBytes("\"\\/bfnrtuq1a", "\"\\u12", "\"a\\\"b\"", "\"\\q\"");
        assertEquals(Set.of("\"", "\\", "/", "b", "f", "n", "r", "t"), toy.mask(2, "\"", "\\", "_", "\""));
        assertTrue(toy.mask(2, "\"", "\\", "_", "_", "_", "_", "_", "\"").contains("u"));
        assertEquals(Set.of("1", "a", "b", "f"), toy.mask(1, "\"\\u12", "_", "_", "\""));
        assertFalse(toy.isCompletable("\"\\u12", "\""));
        assertTrue(toy.isCompletable("\"a\\\"b\""));
        assertFalse(toy.isCompletable("\"\\q\""));
    }

    @Test
    void stringsHaveNoRawControlCharacters() {
        Toy toy = Toy.jsonWithBytes("\"\n\t\u001f`\u007f");
        assertEquals(Set.of("`", "\u007f"), toy.mask(1, "\"", "_", "\""));
    }

    @Test
    void numbersMayStopOnlyWhereTheyAreComplete() {
        Toy toy = Toy.jsonWithBytes("01.-e5", END);
        for (String[] refused : new String[][] {{"0", "1"}, {"1", "."}, {"-"}, {"1", "e"}, {"1", ".", "e", "5"}}) {
            assertFalse(toy.isCompletable(refused), Arrays.toString(refused));
        }
        for (String[] complete :
                new String[][] {{"-", "0"}, {"1", "e", "5"}, {"1", ".", "_"}, {"-", "_"}, {"1", "e", "_"}}) {
            assertTrue(toy.isCompletable(complete), Arrays.toString(complete));
        }
        assertEquals(Set.of("0", "1", "5"), toy.mask(2, "1", ".", "_", END));
        assertEquals(Set.of(".", "e", END), toy.mask(1, "0", "_", "_"));
    }

    @Test
    void oneSlotThatMustCloseStringAndObjectHoldsATokenThatClosesBoth() {
        Toy toy = Toy.json("{\"name\": \"", "a", "\"", "}", "\"}", END);
        assertEquals(Set.of("\"}"), toy.mask(1, "{\"name\": \"", "_", END));
        assertFalse(Toy.json("{\"name\": \"", "a", "\"", "}", END).isCompletable("{\"name\": \"", "_", END));
    }

    @Test
    void twoSlotsThatMustCloseStringAndObjectHoldAllThatFits() {
        Toy toy = Toy.json("{\"name\": \"", "a", "\"", "}", "\"}", END);
        assertEquals(Set.of("a", "\"", "}", "\"}"), toy.mask(1, "{\"name\": \"", "_", "_", END));
        assertEquals(Set.of("\"}", "}", END), toy.mask(2, "{\"name\": \"", "_", "_", END));
        assertEquals(Set.of("\"}"), toy.mask(2, "{\"name\": \"", "a", "_", END));
    }

    @Test
    void openBracketsAreCompletableIfTheirClosingFits() {
        for (boolean withEnd : new boolean[] {false, true}) {
            Toy toy = withEnd ? Toy.json("[", "]", "]]]", END) : Toy.json("[", "]", "]]]");
            for (int open = 0; open <= 16; open++) {
                String[] slots = new String[16];
                Arrays.fill(slots, 0, open, "[");
                Arrays.fill(slots, open, 16, "_");
                String where = open + " open brackets, end token: " + withEnd;
                assertEquals(closes(open, 16 - open, withEnd), toy.isCompletable(slots), where);
            }
        }
    }

    /** Whether some more brackets, then single and triple closing tokens fill the free slots, or fit in them. */
    private static boolean closes(int open, int free, boolean withEnd) {
        for (int triples = 0; triples <= free; triples++) {
            for (int singles = 0; singles + triples <= free; singles++) {
                int opened = singles + 3 * triples - open;
                int used = singles + triples + opened;
                if (opened >= 0 && open + opened > 0 && (withEnd ? used <= free : used == free)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void equalBytesAreAllAllowedAndTokensWithoutBytesNever() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, ByteString.utf8("["))
                .token(1, ByteString.utf8("]"))
                .token(2, ByteString.utf8("["))
                .special(3, "<tool>")
                .hole(4)
                .special(5, "<end>")
                .special(6, "<stop>")
                .endIds(5, 6)
                .size(12)
                .build();
        CanvasParser parser = parser("root ::= \"[\" root? \"]\"", vocabulary);
        CanvasChart chart = parser.parse(Canvas.blank(vocabulary, 3));
        assertArrayEquals(new int[] {0, 2}, chart.mask(0).ids());
        assertArrayEquals(new int[] {1}, chart.mask(1).ids());
        assertArrayEquals(new int[] {5, 6}, chart.mask(2).ids());
        for (int never : new int[] {3, 4, 11}) {
            assertFalse(parser.parse(Canvas.blank(vocabulary, 3).with(0, never)).isCompletable());
        }
        assertEquals(
                TokenMask.of(12, 6),
                parser.parse(Canvas.of(vocabulary, -1, -1, 6)).mask(2));
        assertTrue(parser.parse(Canvas.of(vocabulary, 0, 1, 5, 6)).isCompletable());
        assertFalse(parser.parse(Canvas.of(vocabulary, 0, 1, 5, 1)).isCompletable());
    }

    @Test
    void specialTokensThatTheGrammarNamesAreSymbols() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, ByteString.utf8("a"))
                .special(1, "<tool>")
                .special(2, "<end>")
                .endIds(2)
                .build();
        CanvasParser parser = parser("root ::= \"a\"* call\ncall ::= <tool> \"a\" | \"a\"", vocabulary);
        CanvasChart chart = parser.parse(Canvas.of(vocabulary, 0, -1, -1, -1));
        assertArrayEquals(new int[] {0, 1, 2}, chart.mask(1).ids());
        assertArrayEquals(new int[] {0, 1, 2}, chart.mask(2).ids());
        assertArrayEquals(new int[] {0, 2}, chart.mask(3).ids());
        assertTrue(parser.parse(Canvas.of(vocabulary, 1, 0)).isCompletable());
        assertFalse(parser.parse(Canvas.of(vocabulary, 1, 1, -1)).isCompletable());
    }

    @Test
    void anyOtherTokenIsEachOfThem() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, ByteString.utf8("a"))
                .token(1, ByteString.utf8("b"))
                .special(2, "<tool>")
                .special(3, "<end>")
                .endIds(3)
                .build();
        CanvasParser parser = parser("root ::= !<tool> \"a\" | !<[0]> <tool>", vocabulary);
        assertArrayEquals(
                new int[] {0, 1, 2},
                parser.parse(Canvas.blank(vocabulary, 2)).mask(0).ids());
        assertArrayEquals(
                new int[] {0},
                parser.parse(Canvas.of(vocabulary, 0, -1)).mask(1).ids());
        assertArrayEquals(
                new int[] {0, 2},
                parser.parse(Canvas.of(vocabulary, 1, -1)).mask(1).ids());
        assertArrayEquals(
                new int[] {1, 2},
                parser.parse(Canvas.of(vocabulary, -1, 2)).mask(0).ids());
        assertFalse(parser.parse(Canvas.of(vocabulary, 2, 0)).isCompletable());
    }

    private static CanvasParser parser(String gbnf, Vocabulary vocabulary) {
        CompiledGrammar grammar = new GrammarCompiler(vocabulary).compile(new GbnfReader().read(gbnf));
        return new CanvasParser(grammar);
    }

    @Test
    void aTokenThatSpellsNothingIsNowhereAllowed() {
        Vocabulary vocabulary = Vocabulary.builder()
                .token(0, ByteString.utf8("[]"))
                .token(1, ByteString.EMPTY)
                .build();
        CanvasParser parser =
                new CanvasParser(new GrammarCompiler(vocabulary).compile(new GbnfReader().read(JsonText.ANY)));
        assertArrayEquals(
                new int[] {0}, parser.parse(Canvas.blank(vocabulary, 1)).mask(0).ids());
        assertFalse(parser.parse(Canvas.of(vocabulary, 0, 1)).isCompletable());
        assertFalse(parser.parse(Canvas.blank(vocabulary, 2)).isCompletable());
    }

    @Test
    void aBoundThatNoCanvasReachesCostsNothing() {
        String[] tokens = {"\"", "a", "b", "ab", "abab", "\"!", Toy.END};
        Toy free = Toy.of("root ::= \"\\\"\" [ab]* \"\\\"\" \"!\"?", tokens);
        Toy bounded = Toy.of("root ::= \"\\\"\" [ab]{0,4096} \"\\\"\" \"!\"?", tokens);
        Canvas canvas = Canvas.blank(free.grammar().vocabulary(), 16);
        CanvasChart expected = free.parser().parse(canvas);
        CanvasChart chart = bounded.parser().parse(canvas);
        for (int slot = 0; slot < 16; slot++) {
            assertEquals(expected.mask(slot), chart.mask(slot));
        }
        assertTrue(chart.items() <= 2 * expected.items(), chart.items() + " items, not " + expected.items());
    }

    @Test
    void blankCanvasesForJsonTakeEntriesInProportionToTheirSlots() {
        Toy toy = Toy.jsonWithBytes("{}[]\",:01ax \\u", "{\"", "\":", "\",", "},{\"", "\"}", "]]", Toy.END);
        for (int size = 16; size <= 64; size *= 2) {
            CanvasChart chart = toy.parser().parse(Canvas.blank(toy.grammar().vocabulary(), size));
            assertTrue(chart.isCompletable());
            assertTrue(chart.items() <= 20L * size, size + " slots: " + chart.items() + " entries");
        }
    }
}
