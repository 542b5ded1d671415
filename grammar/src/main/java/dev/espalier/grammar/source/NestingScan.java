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
     * What a notation writes around texts that do not nest.
     *
     * @param brackets the brackets that nest, opening and closing in turn
     * @param spans what begins and ends a literal or a class, in turn
     * @param escapes whether a backslash in a span escapes the character behind it
     * @param comment what begins a comment
     * @param commentEnd what ends it; empty: the end of the line
     */
    public record Marks(String brackets, String spans, boolean escapes, String comment, String commentEnd) {}

    /**
     * The deepest nesting of a text.
     *
     * @throws LimitExceededException past {@code maxNesting}
     */
    public static int of(SourceText source, Marks marks, Limits limits) {
        NestingScan scan = new NestingScan(source, limits);
        for (int i = 0; i < source.length(); i++) {
            int span = marks.spans.indexOf(source.at(i));
            if (scan.isAt(i, marks.comment)) {
                i = scan.skipComment(i + marks.comment.length(), marks.commentEnd);
            } else if (span >= 0 && span % 2 == 0) {
                i = scan.skipTo(marks.spans.charAt(span + 1), i + 1, marks.escapes);
            } else {
                scan.count(i, marks.brackets);
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
                case '[' -> i = scan.skipTo(']', i + 1, true);
                default -> scan.count(i, "()");
            }
        }
        return scan.deepest;
    }

    private void count(int index, String brackets) {
        int bracket = brackets.indexOf(source.at(index));
        if (bracket >= 0 && bracket % 2 == 0) {
            depth++;
            if (depth > limits.maxNesting()) {
                throw new LimitExceededException("maxNesting", limits.maxNesting(), depth, source.place(index));
            }
            deepest = Math.max(deepest, depth);
        } else if (bracket >= 0) {
            depth = Math.max(0, depth - 1);
        }
    }

    private int skipTo(int end, int from, boolean escapes) {
        int i = from;
        while (i < source.length() && source.at(i) != end) {
            i += escapes && source.at(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    private boolean isAt(int index, String mark) {
        for (int i = 0; i < mark.length(); i++) {
            if (source.at(index + i) != mark.charAt(i)) {
                return false;
            }
        }
        return !mark.isEmpty();
    }

    /** The index of the last character of a comment. */
    private int skipComment(int from, String end) {
        int i = from;
        while (i < source.length() && !(end.isEmpty() ? source.isLineEnd(i) : isAt(i, end))) {
            i++;
        }
        return i + Math.max(0, end.length() - 1);
    }
}
