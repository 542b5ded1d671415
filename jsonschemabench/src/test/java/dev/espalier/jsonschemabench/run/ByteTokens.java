// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import dev.espalier.core.ByteString;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;

/** The vocabulary whose tokens are the single bytes, each with itself as its id. */
public final class ByteTokens {

    private ByteTokens() {}

    /** A vocabulary to which more tokens can be added, from id 256 on. */
    public static Vocabulary.Builder builder() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int b = 0; b < 256; b++) {
            builder.token(b, ByteString.of((byte) b));
        }
        return builder;
    }

    /** The bytes and {@code <end>}, which ends a text. */
    public static Vocabulary withEnd() {
        return builder().special(256, "<end>").endIds(256).build();
    }

    /** A text's tokens. */
    public static int[] of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[utf8.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = utf8[i] & 0xff;
        }
        return ids;
    }
}
