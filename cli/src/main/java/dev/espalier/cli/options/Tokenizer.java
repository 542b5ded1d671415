// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.cli.console.Console;
import dev.espalier.core.ByteString;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sprig.Sprig;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tokenizer: its tokens, and a way to cut texts into them. One thread at a time. */
public final class Tokenizer {

    private final Vocabulary vocabulary;
    private @Nullable Map<ByteString, Integer> ids;

    private Tokenizer(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** The tokens of a {@code tokenizer.json}, plain or gzipped, or of a prepared vocabulary. */
    public static Tokenizer read(String file) {
        return new Tokenizer(Vocabulary.read(Console.path(file)));
    }

    /** The tokens of the embedded model. */
    static Tokenizer embedded() {
        return new Tokenizer(Sprig.readVocabulary());
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /**
     * The tokens of a text, each the longest that fits. This works for every text but need not be the tokenization that the model would choose.
     * The tokens that are allowed next depend only on the bytes.
     *
     * @throws InvalidInputException at the first byte that no token starts with
     */
    public int[] tokens(byte[] text) {
        Map<ByteString, Integer> known = ids();
        int[] tokens = new int[text.length];
        int count = 0;
        for (int at = 0; at < text.length; ) {
            int length = Math.min(vocabulary.longestToken(), text.length - at);
            Integer id = null;
            for (; length > 0 && id == null; length--) {
                id = known.get(ByteString.of(Arrays.copyOfRange(text, at, at + length)));
            }
            if (id == null) {
                throw new InvalidInputException("no token spells byte " + at + " of the text");
            }
            tokens[count++] = id;
            at += vocabulary.bytes(id).length();
        }
        return Arrays.copyOf(tokens, count);
    }

    private Map<ByteString, Integer> ids() {
        Map<ByteString, Integer> known = ids;
        if (known == null) {
            known = new HashMap<>();
            for (int id = vocabulary.size() - 1; id >= 0; id--) {
                ByteString bytes = vocabulary.bytes(id);
                if (bytes.length() > 0) {
                    known.put(bytes, id);
                }
            }
            ids = known;
        }
        return known;
    }
}
