// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerVocabularyTest {

    private static final String BYTE_LEVEL = """
            {"version": "1.0", "normalizer": null,
             "added_tokens": [{"id": 4, "content": "<|im_end|>", "special": true},
                              {"id": 5, "content": "<think>", "special": false}],
             "decoder": {"type": "ByteLevel", "trim_offsets": true},
             "model": {"type": "BPE", "byte_fallback": false, "vocab": {"a": 0, "\u0120b": 1, "\u00c3": 3},
                       "merges": [["a", "b"], "c d"]}}
            """;

    @TempDir
    private Path folder;

    private Vocabulary read(String json) throws IOException {
        return Vocabulary.read(Files.writeString(folder.resolve("tokenizer.json"), json));
    }

    @Test
    void byteLevelPiecesAreBytes() throws IOException {
        Vocabulary vocabulary = read(BYTE_LEVEL);
        assertEquals(6, vocabulary.size());
        assertEquals(ByteString.utf8(" b"), vocabulary.bytes(1));
        assertEquals(ByteString.EMPTY, vocabulary.bytes(2));
        assertEquals(ByteString.of((byte) 0xc3), vocabulary.bytes(3));
        assertArrayEquals(new int[] {4}, vocabulary.endIds());
        assertFalse(vocabulary.isSpecial(5));
        assertEquals(ByteString.utf8("<think>"), vocabulary.bytes(5));
        assertEquals(5, vocabulary.specialId("<think>").orElseThrow());
    }

    @Test
    void gzippedFilesAreTheSame() throws IOException {
        Path file = folder.resolve("tokenizer.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(BYTE_LEVEL.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(ByteString.utf8(" b"), Vocabulary.read(file).bytes(1));
    }

    @Test
    void sentencePiecesAreTextOrBytes() throws IOException {
        Vocabulary vocabulary = read("""
                {"added_tokens": [{"id": 0, "content": "</s>", "special": true}],
                 "decoder": {"type": "Sequence", "decoders": [
                     {"type": "Replace", "pattern": {"String": "\u2581"}, "content": " "}, {"type": "ByteFallback"}]},
                 "model": {"type": "BPE", "byte_fallback": true,
                           "vocab": {"</s>": 0, "<0x0A>": 1, "\u2581the": 2, "\u00e9": 3}}}
                """);
        assertEquals(ByteString.utf8("\n"), vocabulary.bytes(1));
        assertEquals(ByteString.utf8(" the"), vocabulary.bytes(2));
        assertEquals(ByteString.utf8("\u00e9"), vocabulary.bytes(3));
        assertTrue(vocabulary.isSpecial(0) && vocabulary.isEnd(0));
    }

    @Test
    void unigramModelsListTheirPieces() throws IOException {
        Vocabulary vocabulary = read("""
                {"added_tokens": [], "decoder": {"type": "Metaspace", "replacement": "\u2581"},
                 "model": {"type": "Unigram", "vocab": [["<unk>", 0.0], ["\u2581a", -1.5]]}}
                """);
        assertEquals(2, vocabulary.size());
        assertEquals(ByteString.utf8(" a"), vocabulary.bytes(1));
    }

    @Test
    void wordPiecesBeginWithASpaceOrGoOnWithTheirWord() throws IOException {
        String json = """
                {"added_tokens": [{"id": 0, "content": "[UNK]", "special": true}, {"id": 5, "content": "<tool>"}],
                 "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "the": 1, "##ing": 2, "##": 3, "#": 4}}}
                """;
        Vocabulary vocabulary = read(json);
        assertTrue(vocabulary.isSpecial(0));
        assertEquals(" theing # <tool>", new String(vocabulary.decode(0, 1, 2, 3, 4, 5), StandardCharsets.UTF_8));
        assertEquals(
                " the ##ing",
                new String(
                        read(json.replace("prefix\": \"##", "prefix\": \"@@")).decode(1, 2), StandardCharsets.UTF_8));
    }

    @Test
    void aFileIsNotReadInPart() {
        for (String json : new String[] {
            "{\"decoder\": 3, \"model\": {\"vocab\": {\"a\": 0}}}",
            "{\"added_tokens\": {}, \"model\": {\"vocab\": {\"a\": 0}}}",
            "{\"added_tokens\": [3], \"model\": {\"vocab\": {\"a\": 0}}}",
            "{\"added_tokens\": [{\"id\": 1}], \"model\": {\"vocab\": {\"a\": 0}}}",
            "{\"model\": {\"vocab\": {\"a\": 0.5}}}",
            "{\"model\": {\"vocab\": {\"a\": 0}, \"merges\": [3]}}",
            "{\"model\": {\"vocab\": [[\"a\", 0], 3]}}",
            "{\"model\": {\"vocab\": [[\"a\", 0, 1]]}}",
            "{\"model\": {\"vocab\": 3}}"
        }) {
            String message = String.valueOf(assertThrows(InvalidInputException.class, () -> read(json), json)
                    .getMessage());
            assertTrue(message.startsWith("tokenizer.json:1:") || message.startsWith("tokenizer.json at #/"), message);
        }
    }

    @Test
    void otherFilesAreTypedErrors() throws IOException {
        for (String json : new String[] {
            "",
            "[]",
            "{",
            "{}",
            "null",
            "{\"model\": 3}",
            "{\"model\": {\"vocab\": {\"a\": \"x\"}}}",
            "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": -1}}}",
            "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 99999999999999}}}",
            "{\"added_tokens\": [{\"content\": \"x\"}], \"model\": {\"vocab\": {}}}"
        }) {
            assertThrows(InvalidInputException.class, () -> read(json), json);
        }
        assertThrows(InvalidInputException.class, () -> Vocabulary.read(folder.resolve("none.json")));
        assertThrows(InvalidInputException.class, () -> Vocabulary.read(folder));
    }

    @Test
    void brokenFilesAreTypedErrorsOrVocabularies() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            StringBuilder json = new StringBuilder(BYTE_LEVEL);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(json.length());
                json.setCharAt(at, (char) (' ' + random.nextInt(95)));
            }
            try {
                assertTrue(read(json.toString()).size() > 0);
            } catch (InvalidInputException expected) {
                assertFalse(String.valueOf(expected.getMessage()).isEmpty());
            }
        }
    }
}
