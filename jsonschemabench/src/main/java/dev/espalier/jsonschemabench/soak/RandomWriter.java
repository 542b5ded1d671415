// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.soak;

import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Chooses tokens as no model does, but so that a text goes on through all that its schema says: every other token is one of
 * punctuation wherever one is allowed, the others are any of the mask. Immutable and thread-safe.
 */
public final class RandomWriter {

    private static final String PUNCTUATION = "[\\[\\]{}:,\" ]+|[0-9]";

    private final int[] punctuation;

    /** A writer of a vocabulary's tokens. Cost: a look at each. */
    public RandomWriter(Vocabulary vocabulary) {
        punctuation = IntStream.range(0, vocabulary.size())
                .filter(id -> vocabulary.text(id).matches(PUNCTUATION))
                .toArray();
    }

    /**
     * One of the tokens of a mask that is not empty.
     *
     * @param mask the tokens that are allowed
     * @param random decides which
     */
    public int next(TokenMask mask, SplittableRandom random) {
        int chosen = random.nextBoolean() ? any(punctuation, mask, random) : -1;
        return chosen < 0 ? any(mask, random) : chosen;
    }

    /** One of some tokens that a mask has; -1 if it has none. */
    public static int any(int[] tokens, TokenMask mask, SplittableRandom random) {
        int from = random.nextInt(Math.max(1, tokens.length));
        for (int i = 0; i < tokens.length; i++) {
            int id = tokens[(from + i) % tokens.length];
            if (mask.allows(id)) {
                return id;
            }
        }
        return -1;
    }

    /**
     * Any of the tokens of a mask, those that are sparse among the ids more often.
     *
     * @throws IllegalArgumentException if the mask is empty
     */
    public static int any(TokenMask mask, SplittableRandom random) {
        if (mask.isSparse() && !mask.isEmpty()) {
            return mask.ids()[random.nextInt(mask.count())];
        }
        int words = mask.words();
        int from = random.nextInt(words);
        for (int i = 0; i < words; i++) {
            int index = (from + i) % words;
            long word = mask.word(index);
            if (word != 0) {
                return (index << 6) + nth(word, random.nextInt(Long.bitCount(word)));
            }
        }
        throw new IllegalArgumentException("an empty mask allows nothing to be chosen");
    }

    private static int nth(long word, int n) {
        long left = word;
        for (int i = 0; i < n; i++) {
            left &= left - 1;
        }
        return Long.numberOfTrailingZeros(left);
    }
}
