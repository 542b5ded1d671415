// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.ByteString;
import dev.espalier.core.testing.TestData;
import dev.espalier.mask.index.PlainText;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tokenizers of real model families. */
class RealTokenizersTest {

    @ParameterizedTest
    @CsvSource({
        "gpt2, 50257, 1, 1, 50256, 128",
        "llama2, 32000, 3, 1, 2, 25",
        "llama3_1, 128256, 256, 2, 128001, 128",
        "qwen3, 151669, 14, 2, 151645, 128",
        "gemma3, 262145, 9, 2, 1, 48"
    })
    void everyTokenHasItsBytes(String name, int size, int special, int ends, int anEnd, int longest) {
        Vocabulary vocabulary = Vocabulary.read(TestData.tokenizer(name));
        assertEquals(size, vocabulary.size());
        int specials = 0;
        Set<ByteString> spelled = new HashSet<>();
        for (int id = 0; id < size; id++) {
            specials += vocabulary.isSpecial(id) ? 1 : 0;
            spelled.add(vocabulary.bytes(id));
        }
        assertEquals(special, specials);
        assertEquals(ends, vocabulary.endIds().length);
        assertTrue(vocabulary.isEnd(anEnd), vocabulary.text(anEnd));
        assertEquals(longest, vocabulary.longestToken());
        for (int b = 0; b < 256; b++) {
            boolean usable = !name.equals("gpt2") || b < 0xc0 || b > 0xc1;
            assertTrue(!usable || spelled.contains(ByteString.of((byte) b)), name + " has byte " + b);
        }
        assertFalse(spelled.contains(ByteString.utf8(vocabulary.text(anEnd))));
        assertTrue(spelled.contains(ByteString.of(" the".getBytes(StandardCharsets.UTF_8))));
        TokenTrie trie = vocabulary.index().trie();
        PlainText plain = vocabulary.index().plainText();
        assertEquals(trie.tokenCount(), plain.rest().tokenCount() + plain.all().count());
        System.out.println(name + ": " + trie.tokenCount() + " tokens, " + trie.nodeCount() + " trie nodes, "
                + plain.all().count() + " plain, rest " + plain.rest().nodeCount() + " nodes, stems "
                + plain.stemsAtOnce().nodeCount() + " + "
                + plain.stemsAfterText().nodeCount());
    }
}
