// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.testing.TestData;
import dev.espalier.mask.encoder.JsonTokenizer;
import dev.espalier.mask.encoder.PromptEnds;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokenizers in Java against the native library. */
class JavaEncoderTest {

    private static final int TEXTS = 300;

    private static final String[] PIECES = {
        "the ",
        " and",
        "Hello",
        "don't",
        "I'LL",
        "{\"a\": [1, 2.5]}",
        "if (x < 10) {\n    return x;\n}\n",
        "  ",
        "\t",
        "\r\n",
        "\n\n\n",
        "1234567",
        "\u4f60\u597d",
        "\ud55c\uad6d\uc5b4",
        "\u0645\u0631\u062d\u0628\u0627",
        "e\u0301",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\u3000",
        "...",
        "=>",
        "_"
    };

    /** Blocks of characters that all versions of Unicode have had for long. */
    private static final int[] BLOCKS = {
        0x20, 0xc0, 0x100, 0x391, 0x410, 0x5d0, 0x627, 0x915, 0xe01, 0x2010, 0x2190, 0x2580, 0x3041, 0x4e00, 0xac00,
        0x1d400, 0x1f300, 0x1f600, 0x20000
    };

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            if (random.nextInt(3) > 0) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            } else {
                text.appendCodePoint(BLOCKS[random.nextInt(BLOCKS.length)] + random.nextInt(0x10));
            }
        }
        return text.toString();
    }

    /** One file, read by both. */
    private record Both(TextEncoder java, Vocabulary vocabulary, PromptEnds ends, NativeTokenizer library)
            implements AutoCloseable {

        static Both of(byte[] json) throws IOException {
            JsonTokenizer tokenizer =
                    JsonTokenizer.read(new ByteArrayInputStream(json), "tokenizer.json", Limits.DEFAULT);
            return new Both(
                    tokenizer.encoder(),
                    tokenizer.vocabulary(),
                    tokenizer.promptEnds(),
                    new NativeTokenizer(new ByteArrayInputStream(json)));
        }

        List<String> special() {
            return IntStream.range(0, vocabulary.size())
                    .filter(vocabulary::isSpecial)
                    .mapToObj(vocabulary::text)
                    .filter(name -> !name.isEmpty())
                    .toList();
        }

        @Override
        public void close() {
            library.close();
        }
    }

    private static Both real(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(TestData.tokenizer(name)))) {
            return Both.of(in.readAllBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama2", "llama3", "gemma3", "qwen3", "phi3", "smollm3"})
    void ofTheFixturesBothChooseTheSameTokens(String name) throws IOException {
        try (Both both = Both.of(Family.of(name).files().open("tokenizer.json").readAllBytes())) {
            compare(both);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "llama3_1", "qwen3", "gemma3"})
    void ofRealTokenizersBothChooseTheSameTokens(String name) throws IOException {
        try (Both both = real(name)) {
            compare(both);
        }
    }

    private static void compare(Both both) {
        Random random = new Random(1);
        List<String> special = both.special();
        for (int i = 0; i < TEXTS; i++) {
            String text = text(random);
            assertArrayEquals(both.library().encode(text, false), both.java().encode(text), text);
            List<TextPiece> pieces = pieces(special, random);
            String joined = pieces.stream().map(TextPiece::text).collect(Collectors.joining());
            int[] java = both.java().encode(pieces);
            assertArrayEquals(both.library().encode(joined, false), java, pieces::toString);
            assertArrayEquals(both.library().encode(joined, true), both.ends().around(java), pieces::toString);
        }
    }

    /** Pieces of a prompt; only trusted ones spell special tokens. */
    private static List<TextPiece> pieces(List<String> special, Random random) {
        List<TextPiece> pieces = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            boolean trusted = random.nextBoolean();
            String token = trusted && random.nextBoolean() ? special.get(random.nextInt(special.size())) : "";
            pieces.add(new TextPiece(token + (random.nextInt(4) == 0 ? "" : text(random)), trusted));
        }
        return pieces;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "llama3_1", "qwen3", "gemma3"})
    void specialTokensAreThoseThatTrustedPiecesSpell(String name) throws IOException {
        try (Both both = real(name)) {
            Random random = new Random(2);
            List<String> special = both.special();
            for (int i = 0; i < TEXTS; i++) {
                String token = special.get(random.nextInt(special.size()));
                int cut = 1 + random.nextInt(token.length() - 1);
                List<TextPiece> pieces = new ArrayList<>(pieces(special, random));
                int expected = count(both.vocabulary(), both.java().encode(pieces));
                pieces.add(new TextPiece("x" + token.substring(0, cut), random.nextBoolean()));
                pieces.add(new TextPiece(
                        token.substring(cut), !pieces.get(pieces.size() - 1).trusted()));
                pieces.add(TextPiece.untrusted(token));
                assertEquals(expected, count(both.vocabulary(), both.java().encode(pieces)), pieces::toString);
            }
        }
    }

    private static int count(Vocabulary vocabulary, int[] ids) {
        return (int) IntStream.of(ids).filter(vocabulary::isSpecial).count();
    }

    /**
     * Each token is decoded behind the token of {@code x}, because decoders strip the space at the beginning of a text. Bytes that are no whole characters are U+FFFD on
     * both sides; that they are the right ones is held by the texts that come back in {@code TextEncodersTest}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "llama3_1", "qwen3", "gemma3"})
    void everyTokenHasTheBytesThatTheLibraryDecodes(String name) throws IOException {
        try (Both both = real(name)) {
            int[] before = both.java().encode("x");
            int first = before[before.length - 1];
            List<String> wrong = new ArrayList<>();
            for (int id = 0; id < both.vocabulary().size(); id++) {
                if (!both.vocabulary().isSpecial(id)) {
                    String expected = both.library().decode(first, first, id);
                    String own = NativeTokenizer.utf8(both.vocabulary().decode(first, first, id));
                    if (!expected.equals(own.startsWith(" ") ? own.substring(1) : own)) {
                        wrong.add(id + " is " + own + ", not " + expected);
                    }
                }
            }
            assertTrue(
                    wrong.isEmpty(), () -> wrong.size() + " tokens: " + wrong.subList(0, Math.min(20, wrong.size())));
        }
    }
}
