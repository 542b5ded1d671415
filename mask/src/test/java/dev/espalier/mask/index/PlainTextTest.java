// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.mask.RandomVocabulary;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.token.TokenSet;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void tokensAreCountedAsTheJdksDecoderReadsThem() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Vocabulary vocabulary = RandomVocabulary.of(
                    random,
                    300,
                    "ab \"\\\u007f\t\u00e9\u4e2d\ud83d\ude00\u07ff\uffff\udbff\udfff",
                    seed % 2 == 0 ? 5 : 30);
            PlainText plain = vocabulary.index().plainText();
            TokenSet set = new TokenSet(vocabulary.tokens().count());
            for (int n = 0; n <= plain.most() + 1; n++) {
                plain.addUpTo(n, set);
                TokenMask mask = set.toMask();
                for (int id = 0; id < vocabulary.tokens().count(); id++) {
                    int points = codePoints(vocabulary.bytes(id).toByteArray());
                    assertEquals(points > 0 && points <= n, mask.allows(id), "seed " + seed + " token " + id);
                }
            }
            int others = vocabulary.index().trie().tokenCount() - plain.all().count();
            assertEquals(others, plain.rest().tokenCount());
            assertEquals(
                    others,
                    plain.stemsAtOnce().tokenCount() + plain.stemsAfterText().tokenCount());
        }
    }

    /** The code points of plain text, a cut one included; -1 if it is none. */
    private static int codePoints(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        if (decoder.decode(in, out, false).isError()) {
            return -1;
        }
        String text = out.flip().toString();
        boolean plain = text.chars().allMatch(c -> c >= 0x20 && c != '"' && c != '\\' && c != 0x7f);
        return plain ? text.codePointCount(0, text.length()) + (in.hasRemaining() ? 1 : 0) : -1;
    }
}
