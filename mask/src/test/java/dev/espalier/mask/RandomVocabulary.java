// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.core.ByteString;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Vocabularies for tests: short random tokens, duplicates, holes, cut characters, several end tokens, padding. */
public final class RandomVocabulary {

    private RandomVocabulary() {}

    /** Tokens over the bytes of an alphabet; {@code longest} bytes at most; the last ids are special or holes. */
    public static Vocabulary of(Random random, int count, String alphabet, int longest) {
        byte[] bytes = alphabet.getBytes(StandardCharsets.UTF_8);
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < count; id++) {
            if (random.nextInt(20) == 0) {
                builder.hole(id);
            } else {
                builder.token(id, token(random, bytes, longest));
            }
        }
        builder.token(id++, ByteString.of(bytes[0]));
        builder.special(id, "<end>")
                .special(id + 1, "<stop>")
                .special(id + 2, "<tool>")
                .special(id + 3, "<pad>");
        return builder.endIds(id, id + 1).size(id + 4 + random.nextInt(3)).build();
    }

    /** Like {@link #of}, with every byte of the alphabet a token of its own, so that bytes are never a dead end. */
    public static Vocabulary complete(Random random, int count, String alphabet, int longest) {
        byte[] bytes = alphabet.getBytes(StandardCharsets.UTF_8);
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (byte b : bytes) {
            builder.token(id++, ByteString.of(b));
        }
        for (int i = 0; i < count; i++) {
            builder.token(id++, token(random, bytes, longest));
        }
        builder.special(id, "<end>").special(id + 1, "<stop>").special(id + 2, "<tool>");
        return builder.endIds(id, id + 1).build();
    }

    /** Like {@link #complete}, with all 256 bytes as tokens. */
    public static Vocabulary withAllBytes(Random random, int count, String alphabet, int longest) {
        Vocabulary.Builder builder = Vocabulary.builder();
        int id = 0;
        for (; id < 256; id++) {
            builder.token(id, ByteString.of((byte) id));
        }
        for (int i = 0; i < count; i++) {
            builder.token(id++, token(random, alphabet.getBytes(StandardCharsets.UTF_8), longest));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    private static ByteString token(Random random, byte[] alphabet, int longest) {
        byte[] bytes = new byte[1 + random.nextInt(longest)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return ByteString.of(Arrays.copyOf(bytes, bytes.length));
    }
}
