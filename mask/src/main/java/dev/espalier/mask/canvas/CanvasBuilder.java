// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.mask.vocabulary.Vocabulary;

/**
 * Puts a canvas together from left to right: given tokens and gaps between them. One thread.
 *
 * <pre>{@code
 * Canvas canvas = Canvas.builder(vocabulary)
 *         .tokens(encoder.encode("{\"name\": "))
 *         .gap(4, 12)                              // 4 to 12 tokens
 *         .tokens(encoder.encode(", \"age\": "))
 *         .gapFrom(1)                              // one token or more
 *         .tokens(encoder.encode("}"))
 *         .build();
 * }</pre>
 */
public final class CanvasBuilder {

    private final Vocabulary vocabulary;
    private final IntList slots = new IntList();

    CanvasBuilder(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** The number of slots so far: the index of the next. */
    public int size() {
        return slots.size();
    }

    /**
     * Slots fixed to tokens.
     *
     * @throws InvalidTokenException if a token is not in the vocabulary
     */
    public CanvasBuilder tokens(int... tokens) {
        for (int token : tokens) {
            Canvas.check(token, slots.size(), vocabulary.size());
            slots.add(token);
        }
        return this;
    }

    /**
     * A gap of a number of tokens: free slots.
     *
     * @throws InvalidInputException if the number is negative
     */
    public CanvasBuilder gap(int tokens) {
        return gap(tokens, tokens);
    }

    /**
     * A gap of a number of tokens between two bounds, inclusive: free slots, then optional ones.
     *
     * @throws InvalidInputException unless 0 ≤ least ≤ most
     */
    public CanvasBuilder gap(int least, int most) {
        checkLeast(least);
        if (most < least) {
            throw new InvalidInputException("a gap of at least " + least + " tokens cannot have at most " + most);
        }
        add(Canvas.FREE, least);
        add(Canvas.OPTIONAL, most - least);
        return this;
    }

    /**
     * A gap of any number of tokens from one on: free slots, then an endless one.
     *
     * @throws InvalidInputException if the number is negative
     */
    public CanvasBuilder gapFrom(int least) {
        checkLeast(least);
        add(Canvas.FREE, least);
        add(Canvas.ENDLESS, 1);
        return this;
    }

    /** The canvas of what was added so far. */
    public Canvas build() {
        return Canvas.of(vocabulary, slots.toArray());
    }

    private void add(int kind, int count) {
        for (int i = 0; i < count; i++) {
            slots.add(kind);
        }
    }

    private static void checkLeast(int least) {
        if (least < 0) {
            throw new InvalidInputException("a gap has 0 tokens or more, not " + least);
        }
    }
}
