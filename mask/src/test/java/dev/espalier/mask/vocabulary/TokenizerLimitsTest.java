// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Files of some hundred kilobytes that unpack to hundreds of megabytes. */
class TokenizerLimitsTest {

    private static LimitExceededException refused(String head, String entry, int times, String tail, Limits limits)
            throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            byte[] entries = entry.repeat(1_000).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < times / 1_000; i++) {
                out.write(entries);
            }
            out.write(tail.getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayInputStream stream = new ByteArrayInputStream(packed.toByteArray());
        return assertThrows(LimitExceededException.class, () -> Vocabulary.read(stream, "bomb.json", limits));
    }

    @Test
    void aUnigramVocabularyIsBoundedInTokens() throws IOException {
        LimitExceededException failure = refused(
                "{\"model\":{\"type\":\"Unigram\",\"vocab\":[[\"a\",0]",
                ",[\"a\",0]",
                10_000_000,
                "]}}",
                Limits.DEFAULT);
        assertEquals("maxTokenizerTokens", failure.limit());
        assertTrue(String.valueOf(failure.getMessage()).startsWith("bomb.json:1:"), failure.getMessage());
    }

    @Test
    void addedTokensAreBoundedInNumberAndInIds() throws IOException {
        String entry = ",{\"id\":1,\"content\":\"a\"}";
        Limits few = Limits.DEFAULT.withMaxTokenizerBytes(1 << 20).withMaxTokenizerTokens(1_000);
        assertEquals(
                "maxTokenizerTokens",
                refused("{\"added_tokens\":[{\"id\":0,\"content\":\"b\"}", entry, 2_000, "]}", few)
                        .limit());
        String far = "{\"added_tokens\":[{\"id\":1000,\"content\":\"a\"}]}";
        assertEquals("maxTokenizerTokens", refused(far, "", 0, "", few).limit());
        String furthest = "{\"model\":{\"vocab\":{\"a\":2147483647}}}";
        assertEquals(
                "maxTokenizerTokens",
                refused(furthest, "", 0, "", Limits.DEFAULT).limit());
    }

    @Test
    void aMapOfTokensIsBoundedInTokens() throws IOException {
        Limits few = Limits.DEFAULT.withMaxTokenizerBytes(1 << 20).withMaxTokenizerTokens(1_000);
        assertEquals(
                "maxTokenizerTokens",
                refused("{\"model\":{\"vocab\":{\"a\":1", ",\"a\":1", 2_000, "}}}", few)
                        .limit());
    }

    @Test
    void unpackedBytesAreBoundedWhereverTheyStand() throws IOException {
        Limits small = Limits.DEFAULT.withMaxTokenizerBytes(1 << 20).withMaxTokenizerTokens(1_000);
        assertEquals(
                "maxTokenizerBytes",
                refused("{\"x\":[0", ",0", 1_000_000, "]}", small).limit());
        assertEquals(
                "maxTokenizerBytes",
                refused("{\"x\":[0],\"y\":{\"z\":[0", ",0", 1_000_000, "]}}", small)
                        .limit());
        assertEquals(
                "maxTokenizerTokens",
                refused("{\"decoder\":{\"x\":[0", ",0", 2_000, "]}}", small).limit());
        assertEquals(
                "maxTokenizerBytes", refused("{", "   ", 1_000_000, "}", small).limit());
    }
}
