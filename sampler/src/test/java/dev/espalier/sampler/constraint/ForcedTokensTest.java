// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.espalier.core.ByteString;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForcedTokensTest {

    /** The oracle looks at every token of the vocabulary. */
    @Test
    void theTokensThatGoOnAreThoseBelowInTheTrie() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Vocabulary.Builder builder = Vocabulary.builder();
            int size = 1 + random.nextInt(60);
            for (int id = 0; id < size; id++) {
                if (random.nextInt(8) == 0) {
                    builder.hole(id);
                } else {
                    builder.token(id, word(random));
                }
            }
            Vocabulary vocabulary = builder.special(size, "</s>").endIds(size).build();
            ForcedTokens forced = new ForcedTokens(vocabulary, text -> new int[0]);
            for (int token = 0; token <= size; token++) {
                ByteString prefix = vocabulary.bytes(token);
                int[] expected = IntStream.rangeClosed(0, size)
                        .filter(id -> goesOn(vocabulary.bytes(id), prefix))
                        .toArray();
                int[] found = IntStream.of(forced.longerThan(token)).sorted().toArray();
                assertArrayEquals(expected, found, "seed " + seed + ", token " + token);
            }
        }
    }

    private static ByteString word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            word.append((char) ('a' + random.nextInt(2)));
        }
        return ByteString.of(word.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean goesOn(ByteString bytes, ByteString prefix) {
        boolean longer = bytes.length() > prefix.length();
        for (int i = 0; longer && i < prefix.length(); i++) {
            longer = bytes.at(i) == prefix.at(i);
        }
        return longer;
    }
}
