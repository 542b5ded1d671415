package dev.espalier.mask.vocabulary;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;

/**
 * Limits on reading a {@code tokenizer.json}: a small file may unpack to a large one. Exceeding one throws a
 * {@link LimitExceededException} that names the component and the place.
 *
 * @param maxBytes bytes of the text, unpacked
 * @param maxTokens pieces and added tokens, each; ids are smaller
 */
public record TokenizerLimits(long maxBytes, int maxTokens) {

    /** Several times as much as the largest known tokenizers have: 256 MiB, and 2,097,152 tokens. */
    public static final TokenizerLimits DEFAULT = new TokenizerLimits(256L << 20, 1 << 21);

    /** Checks that both are positive, and tokens not more than a vocabulary may have. */
    public TokenizerLimits {
        if (maxBytes <= 0 || maxTokens <= 0 || maxTokens > TokenTable.MAX_SIZE) {
            throw new InvalidInputException("expected a positive maxBytes, and maxTokens from 1 to "
                    + TokenTable.MAX_SIZE + ", but not " + maxBytes + " and " + maxTokens);
        }
    }

    /** A limit that was reached at some place of a file. */
    static LimitExceededException exceeded(String limit, long bound, long reached, String place) {
        return new LimitExceededException(
                limit,
                bound,
                reached,
                "in " + place + "; raise it with new TokenizerLimits(…) if this file is trusted");
    }
}
