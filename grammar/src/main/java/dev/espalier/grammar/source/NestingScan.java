// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;

/** Counts how deep the parentheses of a source nest, in one flat pass, before any parser recurses into them. */
public final class NestingScan {

    private final SourceText source;
    private final Limits limits;
    private int depth;
    private int deepest;

    private NestingScan(SourceText source, Limits limits) {
        this.source = source;
        this.limits = limits;
    }

    /**
     * The deepest nesting of a GBNF text.
     *
     * @throws LimitExceededException past {@code maxNesting}
     */
    public static int gbnf(SourceText source, Limits limits) {
        NestingScan scan = new NestingScan(source, limits);
        for (int i = 0; i < source.length(); i++) {
            switch (source.at(i)) {
                case '"' -> i = scan.skipTo('"', i + 1);
                case '[' -> i = scan.skipTo(']', i + 1);
                case '#' -> i = scan.skipLine(i + 1);
                default -> scan.count(i);
            }
        }
        return scan.deepest;
    }

    /**
     * The deepest nesting of a regular expression.
     *
     * @throws LimitExceededException past {@code maxNesting}
     */
    public static int regex(SourceText source, Limits limits) {
        NestingScan scan = new NestingScan(source, limits);
        for (int i = 0; i < source.length(); i++) {
            switch (source.at(i)) {
                case '\\' -> i++;
                case '[' -> i = scan.skipTo(']', i + 1);
                default -> scan.count(i);
            }
        }
        return scan.deepest;
    }

    private void count(int index) {
        int character = source.at(index);
        if (character == '(') {
            depth++;
            if (depth > limits.maxNesting()) {
                throw new LimitExceededException("maxNesting", limits.maxNesting(), depth, source.place(index));
            }
            deepest = Math.max(deepest, depth);
        } else if (character == ')') {
            depth = Math.max(0, depth - 1);
        }
    }

    private int skipTo(int end, int from) {
        int i = from;
        while (i < source.length() && source.at(i) != end) {
            i += source.at(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private int skipLine(int from) {
        int i = from;
        while (i < source.length() && source.at(i) != '\n' && source.at(i) != '\r') {
            i++;
        }
        return i;
    }
}
