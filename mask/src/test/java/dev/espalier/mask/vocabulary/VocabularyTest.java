// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.mask.file.TokenSpelling;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private static final Vocabulary SMALL = Vocabulary.builder()
            .token(0, "a")
            .hole(1)
            .token(2, ByteString.of((byte) 0xf0, (byte) 0x9f))
            .special(3, "<|end|>")
            .special(4, "<|tool|>")
            .endIds(3)
            .size(8)
            .build();

    @Test
    void idsAreOrdinarySpecialOrHoles() {
        assertEquals(8, SMALL.size());
        assertEquals(ByteString.utf8("a"), SMALL.bytes(0));
        assertEquals(ByteString.EMPTY, SMALL.bytes(1));
        assertEquals(ByteString.EMPTY, SMALL.bytes(3));
        assertEquals(ByteString.EMPTY, SMALL.bytes(7));
        assertTrue(SMALL.isSpecial(3));
        assertFalse(SMALL.isSpecial(7));
        assertEquals("<|tool|>", SMALL.text(4));
        assertEquals(OptionalInt.of(4), SMALL.specialId("<|tool|>"));
        assertEquals(OptionalInt.empty(), SMALL.specialId("a"));
        assertEquals(2, SMALL.longestToken());
    }

    @Test
    void decodingJoinsBytesAndSkipsSpecialTokens() {
        byte[] bytes = {'a', (byte) 0xf0, (byte) 0x9f, 'a'};
        assertArrayEquals(bytes, SMALL.decode(0, 3, 2, 7, 0));
        assertThrows(InvalidTokenException.class, () -> SMALL.decode(8));
        assertThrows(InvalidTokenException.class, () -> SMALL.decode(-1));
    }

    @Test
    void endTokensAreSpecialWhateverElseWasSaid() {
        Vocabulary vocabulary = SMALL.withEndIds(0, 4);
        assertArrayEquals(new int[] {0, 4}, vocabulary.endIds());
        assertTrue(vocabulary.isSpecial(0));
        assertEquals(0, vocabulary.bytes(0).length());
        assertEquals(8, vocabulary.size());
        assertArrayEquals(new int[] {3}, SMALL.endIds());
    }

    @Test
    void theSizeFollowsTheLogits() {
        assertEquals(100, SMALL.withSize(100).size());
        Vocabulary narrow = SMALL.withSize(4);
        assertEquals(4, narrow.size());
        assertEquals(OptionalInt.empty(), narrow.specialId("<|tool|>"));
        assertThrows(InvalidInputException.class, () -> SMALL.withSize(3));
        assertThrows(InvalidInputException.class, () -> SMALL.withSize(0));
    }

    private static Vocabulary.Builder two() {
        return Vocabulary.builder()
                .token(0, "a")
                .token(1, "bc")
                .special(2, "<|end|>")
                .endIds(2);
    }

    @Test
    void vocabulariesAreTheSameIfTheirIdsMeanTheSame() {
        Vocabulary one = two().build();
        assertTrue(one.isSameAs(one));
        assertTrue(one.isSameAs(two().build()));
        assertTrue(two().special(2, "<|stop|>").build().isSameAs(one), "names are not compared");
        assertTrue(two().size(9).build().isSameAs(two().hole(8).build()), "ids past the tokens are holes");
        assertFalse(one.isSameAs(two().size(9).build()));
        assertFalse(one.isSameAs(two().special(3, "<|tool|>").build()));
        assertFalse(one.isSameAs(two().endIds().build()));
        assertFalse(one.isSameAs(two().token(0, "ab").token(1, "c").build()), "cut elsewhere");
        assertFalse(one.isSameAs(two().token(0, "x").build()));
        assertFalse(two().token(3, "d").size(5).build().isSameAs(two().size(5).build()));
        assertFalse(two().size(5).build().isSameAs(two().token(3, "d").size(5).build()));
    }

    @Test
    void tokensAreSharedByVocabulariesThatDifferInEndTokens() {
        Vocabulary ended = SMALL.withEndIds(4);
        assertTrue(SMALL.sharesTokens(ended));
        assertFalse(SMALL.isSameAs(ended));
        assertFalse(SMALL.sharesTokens(SMALL.withSize(9)));
        assertFalse(two().build().sharesTokens(two().build()));
    }

    @Test
    void aGrammarForAnotherVocabularyIsRefusedByTheModelsName() {
        Vocabulary model = two().build();
        model.requireSame(two().build(), "tiny");
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> model.requireSame(SMALL, "tiny"));
        assertEquals(
                "the grammar was compiled for another vocabulary than that of the model tiny; compile it for the"
                        + " model's vocabulary()",
                refused.getMessage());
    }

    @Test
    void unusableVocabulariesAreRefused() {
        assertThrows(InvalidInputException.class, () -> Vocabulary.builder().build());
        assertThrows(
                InvalidInputException.class, () -> Vocabulary.builder().hole(3).build());
        assertThrows(
                InvalidInputException.class,
                () -> Vocabulary.builder().token(0, "a").token(1, "b").endIds(7).build());
        assertThrows(InvalidInputException.class, () -> Vocabulary.builder().token(Integer.MAX_VALUE, "a"));
        assertThrows(InvalidInputException.class, () -> Vocabulary.builder().token(-1, "a"));
        assertThrows(InvalidInputException.class, () -> SMALL.withEndIds(8));
    }

    @Test
    void spellingsSayTheBytesOfPieces() {
        assertEquals(ByteString.utf8(" the\n"), TokenSpelling.BYTE_LEVEL.bytes("\u0120the\u010a"));
        assertEquals(ByteString.of((byte) 0xc3), TokenSpelling.BYTE_LEVEL.bytes("\u00c3"));
        assertEquals(ByteString.utf8("<tool call>\u4e2d"), TokenSpelling.BYTE_LEVEL.bytes("<tool call>\u4e2d"));
        assertEquals(ByteString.utf8(" the "), TokenSpelling.SENTENCE_PIECE.bytes("\u2581the\u2581"));
        assertEquals(ByteString.of((byte) 0x0a), TokenSpelling.SENTENCE_PIECE.bytes("<0x0A>"));
        assertEquals(ByteString.utf8("<0xZZ>"), TokenSpelling.SENTENCE_PIECE.bytes("<0xZZ>"));
        assertEquals(
                " \u2581", new String(TokenSpelling.VERBATIM.bytes(" \u2581").toByteArray(), StandardCharsets.UTF_8));
    }
}
