// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.encoder.JsonTokenizer;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptEncoderTest {

    private static PromptEncoder read(ModelFiles files) {
        try (InputStream json = files.open("tokenizer.json")) {
            JsonTokenizer tokenizer = JsonTokenizer.read(json, files.describe("tokenizer.json"), Limits.DEFAULT);
            return new PromptEncoder(tokenizer.encoder(), tokenizer.promptEnds());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final ModelFiles files = Family.of("llama2").files();

    @Test
    void aTextBecomesItsCanonicalTokensAndNothingElse() throws IOException {
        Vocabulary vocabulary = Vocabulary.read(files.open("tokenizer.json"), "tokenizer.json");
        PromptEncoder encoder = read(files);
        int[] ids = encoder.encode("the and");
        assertEquals("the| |and", String.join("|", spelled(vocabulary, ids)));
        assertEquals(0, encoder.encode("").length);
        assertArrayEquals(ids, Arrays.copyOfRange(encoder.encodePrompt("the and"), 1, 4));
        assertEquals(0, encoder.encodePrompt("the and")[0]);
    }

    private static String[] spelled(Vocabulary vocabulary, int[] ids) {
        return Arrays.stream(ids).mapToObj(id -> vocabulary.bytes(id).toUtf8()).toArray(String[]::new);
    }

    @Test
    void textThatLooksLikeASpecialTokenIsTextExceptInPrompts() throws IOException {
        byte[] json = new String(files.open("tokenizer.json").readAllBytes(), StandardCharsets.UTF_8)
                .replace("<|end|>", "[end]")
                .replace("\"</s>\"", "\"{s}\"")
                .getBytes(StandardCharsets.UTF_8);
        ModelFiles changed = Overlay.of(files, "tokenizer.json", json).and("config.json", new byte[0]);
        PromptEncoder encoder = read(changed);
        for (String text : new String[] {"[end]", "a[end]b[end]", "[[end]", "[en[end]d]"}) {
            int[] ids = encoder.encode(text);
            assertTrue(IntStream.of(ids).noneMatch(id -> id == 2), text + Arrays.toString(ids));
            assertTrue(IntStream.of(encoder.encodePrompt(text)).anyMatch(id -> id == 2), text);
        }
    }

    @Test
    void specialTokensAreReadInTrustedPiecesOnly() throws IOException {
        byte[] json = new String(files.open("tokenizer.json").readAllBytes(), StandardCharsets.UTF_8)
                .replace("<|end|>", "[end]")
                .getBytes(StandardCharsets.UTF_8);
        ModelFiles changed = Overlay.of(files, "tokenizer.json", json).and("config.json", new byte[0]);
        PromptEncoder encoder = read(changed);
        assertEquals(1, ends(encoder, TextPiece.trusted("a[end]b")));
        assertEquals(0, ends(encoder, TextPiece.untrusted("a[end]b")));
        assertEquals(0, ends(encoder, TextPiece.trusted("a["), TextPiece.untrusted("end]b")));
        assertEquals(0, ends(encoder, TextPiece.untrusted("a[en"), TextPiece.trusted("d]b")));
        assertEquals(
                2,
                ends(encoder, TextPiece.trusted("[end]"), TextPiece.untrusted("a[end]b"), TextPiece.trusted("[end]")));
        assertArrayEquals(
                encoder.encode("the and"),
                encoder.encode(List.of(TextPiece.trusted("th"), TextPiece.untrusted("e a"), TextPiece.trusted("nd"))),
                "pieces are one text");
    }

    private static long ends(PromptEncoder encoder, TextPiece... pieces) {
        return IntStream.of(encoder.encode(List.of(pieces)))
                .filter(id -> id == 2)
                .count();
    }

    @Test
    void unpairedSurrogatesDoNoHarm() {
        PromptEncoder encoder = read(files);
        assertArrayEquals(encoder.encode("a\ufffdb"), encoder.encode("a\ud800b"));
        assertArrayEquals(encoder.encode("\ufffd"), encoder.encode("\udc00"));
        assertArrayEquals(
                encoder.encode("\ud83d\ude42"),
                encoder.encode(List.of(TextPiece.trusted("\ud83d"), TextPiece.untrusted("\ude42"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "{\"model\": {\"type\": \"BPE\"}}", "{\"added_tokens\": [{\"id\":", "nonsense"})
    void aFileThatIsNoTokenizerIsRefused(String json) {
        ModelFiles changed = Overlay.of(files, "tokenizer.json", (json + " ").getBytes(StandardCharsets.UTF_8));
        String thrown = Refusal.of(EspalierException.class, () -> read(changed));
        assertTrue(thrown.startsWith("overlay/tokenizer.json"), thrown);
    }

    @Test
    void damagedFilesGiveTypedErrorsOrTokens() throws IOException {
        String text = new String(files.open("tokenizer.json").readAllBytes(), StandardCharsets.UTF_8);
        String[] values = {
            "null", "-1", "99999999999", "true", "\"\"", "[]", "{}", "\"(\"", "\"Unigram\"", "\"WordPiece\""
        };
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            StringBuilder damaged = new StringBuilder(text);
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                damage(damaged, values[random.nextInt(values.length)], random);
            }
            byte[] json = damaged.toString().getBytes(StandardCharsets.UTF_8);
            try {
                PromptEncoder encoder = read(Overlay.of(files, "tokenizer.json", json));
                encoder.encode("the {\"a\": 12} <s>zz</s>");
                encoder.encodePrompt("the \u00e9\ud83d\ude42");
            } catch (EspalierException e) {
                assertTrue(String.valueOf(e.getMessage()).length() < 2000, "seed " + seed);
            }
        }
    }

    private static void damage(StringBuilder text, String value, Random random) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
            int from = Math.max(text.indexOf(": ", at), 0) + 2;
            int to = from;
            while (to < text.length() && ",}]".indexOf(text.charAt(to)) < 0) {
                to++;
            }
            text.replace(from, to, value);
        } else if (random.nextBoolean()) {
            text.setCharAt(at, (char) (' ' + random.nextInt(95)));
        } else {
            text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
        }
    }

    @Test
    void promptsGetTheTokensOfTheTemplate() throws IOException {
        ModelFiles changed = Overlay.edited(
                files,
                "tokenizer.json",
                "{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}]",
                "{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}, {\"SpecialToken\": {\"id\": \"<s>\", \"type_id\": 0}}]");
        PromptEncoder encoder = read(changed);
        int[] ids = encoder.encodePrompt("the");
        assertEquals(3, ids.length);
        assertEquals(0, ids[0]);
        assertEquals(0, ids[2]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'BertProcessing', 'sep': ['</s>', 2], 'cls': ['<s>', 1]} | 1 2",
                "{'type': 'RobertaProcessing', 'sep': ['</s>', 2], 'cls': ['<s>', 1], 'trim_offsets': true} | 1 2",
                "{'type': 'ByteLevel'} | ''",
                "null | ''",
                "{'type': 'TemplateProcessing', 'single': [{'SpecialToken': {'id': 'a/b'}}, {'Sequence': {'id': 'A'}}, {'SpecialToken': {'id': 'c'}}],"
                        + " 'special_tokens': {'a/b': {'ids': [1, 2]}, 'c': {'ids': [3]}}} | 1 2 3",
                "{'type': 'Sequence', 'processors': [{'type': 'ByteLevel'}, {'type': 'BertProcessing', 'sep': ['b', 2], 'cls': ['a', 1]},"
                        + " {'type': 'BertProcessing', 'sep': ['b', 4], 'cls': ['a', 3]}]} | 3 1 2 4"
            })
    void promptsGetTheTokensOfThePostProcessor(String processor, String expected) {
        String json = "{'post_processor': " + processor + ", 'model': {'type': 'WordLevel', 'vocab': {'w': 9}}}";
        PromptEncoder encoder =
                read(Overlay.of(files, "tokenizer.json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                expected,
                IntStream.of(encoder.encodePrompt("w"))
                        .filter(id -> id != 9)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'Other'}",
                "{'type': 'BertProcessing', 'sep': ['</s>', 2]}",
                "{'type': 'BertProcessing', 'sep': ['</s>', -2], 'cls': ['<s>', 1]}",
                "{'type': 'TemplateProcessing', 'single': []}",
                "{'type': 'TemplateProcessing', 'single': [], 'special_tokens': {}}",
                "{'type': 'TemplateProcessing', 'single': [{'SpecialToken': {'id': 'a'}}, {'Sequence': {'id': 'A'}}], 'special_tokens': {}}",
                "{'type': 'TemplateProcessing', 'single': [{'Sequence': {'id': 'A'}}, {'Sequence': {'id': 'A'}}], 'special_tokens': {}}"
            })
    void postProcessorsThatCannotBeFollowedAreRefused(String processor) {
        String json = "{'post_processor': " + processor + ", 'model': {'type': 'WordLevel', 'vocab': {'w': 9}}}";
        Overlay changed =
                Overlay.of(files, "tokenizer.json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        String thrown = Refusal.of(EspalierException.class, () -> read(changed));
        assertTrue(thrown.startsWith("overlay/tokenizer.json at #/post_processor"), thrown);
    }
}
