// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.testing.TestData;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids as other libraries encode the same texts to: {@code src/test/python/encodings.py} wrote them. */
class EncodingsTest {

    private static final int SMALL_TEXTS = 250;
    private static final String CL100K =
            "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+"
                    + "|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "byte_level",
                "ignore_merges",
                "cl100k",
                "o200k",
                "digits",
                "deepseek",
                "behaviors",
                "bloom",
                "fallback",
                "metaspace",
                "metaspace_whole",
                "affixes",
                "replace",
                "unigram",
                "unigram_bytes",
                "word_pieces",
                "words"
            })
    void smallTokenizersEncodeAsTheReferenceDoes(String name) {
        TextEncoder encoder = TextEncoders.read(Texts.open(name + ".json.gz"), name);
        List<String> expected = Texts.lines(name + ".ids.gz");
        compare(expected.subList(0, SMALL_TEXTS), encoder::encode);
        compare(expected.subList(SMALL_TEXTS, 2 * SMALL_TEXTS), text -> trusted(encoder, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "llama3_1", "qwen3", "gemma3"})
    void realTokenizersEncodeAsTheReferenceDoes(String name) {
        TextEncoder encoder = TextEncoders.read(TestData.tokenizer(name));
        compare(Texts.lines(name + ".plain.ids.gz"), encoder::encode);
        compare(Texts.lines(name + ".trusted.ids.gz"), text -> trusted(encoder, text));
    }

    @Test
    void ranksEncodeAsTiktokenDoes() throws IOException {
        TiktokenRanks ranks =
                TiktokenRanks.read(new GZIPInputStream(Texts.open("ranks.txt.gz")), "ranks.txt", Limits.DEFAULT);
        int size = Texts.lines("ranks.txt.gz").size();
        Map<String, Integer> special = Map.of("<|endoftext|>", size, "<|end|>", size + 5);
        TextEncoder encoder = ranks.encoder(CL100K, special);
        List<String> expected = Texts.lines("ranks.ids.gz");
        compare(expected.subList(0, SMALL_TEXTS), encoder::encode);
        compare(expected.subList(SMALL_TEXTS, 2 * SMALL_TEXTS), text -> trusted(encoder, text));
        Vocabulary vocabulary = ranks.vocabulary(special, size);
        Texts texts = new Texts(2);
        for (int i = 0; i < SMALL_TEXTS; i++) {
            String text = texts.next();
            assertEquals(text, new String(vocabulary.decode(encoder.encode(text)), StandardCharsets.UTF_8));
        }
    }

    @Test
    void piecesWithScoresEncodeAsSentencePieceDoes() {
        GgufTokenizer pieces = pieces();
        TextEncoder encoder = pieces.encoder();
        compare(Texts.lines("pieces.ids.gz"), encoder::encode);
        Vocabulary vocabulary = pieces.vocabulary(2);
        Texts texts = new Texts(2);
        for (int i = 0; i < SMALL_TEXTS; i++) {
            String text = texts.next().replace('\u2581', ' ');
            if (!text.isEmpty()) {
                assertEquals(" " + text, new String(vocabulary.decode(encoder.encode(text)), StandardCharsets.UTF_8));
            }
        }
    }

    static GgufTokenizer pieces() {
        List<String> tokens = new ArrayList<>();
        List<String> lines = Texts.lines("pieces.txt.gz");
        float[] scores = new float[lines.size()];
        int[] types = new int[lines.size()];
        for (String line : lines) {
            String[] parts = line.split(" ", 3);
            types[tokens.size()] = Integer.parseInt(parts[0]);
            scores[tokens.size()] = Float.parseFloat(parts[1]);
            tokens.add(unescaped(parts[2]));
        }
        return new GgufTokenizer("pieces.txt", "llama", "", tokens, scores, types, List.of(), true);
    }

    /** The text of a JSON string that is written in ASCII. */
    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < json.length() - 1; i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (json.charAt(++i) == 'u') {
                text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                text.append("\"\\/\n\r\t".charAt("\"\\/nrt".indexOf(json.charAt(i))));
            }
        }
        return text.toString();
    }

    private static int[] trusted(TextEncoder encoder, String text) {
        return encoder.encode(List.of(TextPiece.trusted(text)));
    }

    /** Compares the ids of the first texts with lines; {@code #} is before a checksum, {@code -} stands for any. */
    private static void compare(List<String> expected, Function<String, int[]> encoder) {
        Texts texts = new Texts(1);
        List<String> wrong = new ArrayList<>();
        for (String line : expected) {
            String text = texts.next();
            String ids =
                    Arrays.stream(encoder.apply(text)).mapToObj(String::valueOf).collect(Collectors.joining(" "));
            String got = line.startsWith("#") ? "#" + checksum(ids) : ids;
            if (!got.equals(line) && !line.equals("-")) {
                wrong.add(
                        text.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(Collectors.joining())
                                + "\n expected " + line + "\n got      " + ids);
            }
        }
        assertTrue(wrong.isEmpty(), () -> wrong.size() + " of " + expected.size() + " texts, such as " + wrong.get(0));
    }

    private static String checksum(String ids) {
        CRC32 crc = new CRC32();
        crc.update(ids.getBytes(StandardCharsets.US_ASCII));
        return String.format("%08x", crc.getValue());
    }
}
