// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.mask.vocabulary.TextEncoder;
import java.util.Arrays;

/**
 * A text as tokens.
 *
 * @param tokens their ids
 * @param whole whether the text ends after them
 */
record TokenText(int[] tokens, boolean whole) {

    /** A text, or its first {@code most} tokens. */
    static TokenText of(String text, TextEncoder encoder, int most) {
        int[] tokens = encoder.encode(text);
        return new TokenText(Arrays.copyOf(tokens, Math.min(most, tokens.length)), tokens.length <= most);
    }

    int length() {
        return tokens.length;
    }
}
