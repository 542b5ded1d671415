// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.source.SourceText;

/**
 * Takes the comments out of an ISO 14977 text, {@code (* like this *)}, in one flat pass: they nest, which no lexer with finite
 * tables can follow.
 */
final class IsoComments {

    private final SourceText source;
    private final IntList bounds = new IntList();

    private IsoComments(SourceText source) {
        this.source = source;
    }

    /**
     * The text with blanks for its comments.
     *
     * @throws SyntaxException if a comment has no end; at its beginning
     */
    static SourceText blanked(SourceText source) {
        IsoComments comments = new IsoComments(source);
        for (int i = 0; i < source.length(); i++) {
            switch (source.at(i)) {
                case '"', '\'' -> i = comments.literalEnd(i);
                case '?' -> i = comments.specialEnd(i);
                case '(' -> i = source.at(i + 1) == '*' ? comments.commentEnd(i) : i;
                default -> {}
            }
        }
        return source.blanked(comments.bounds);
    }

    private int literalEnd(int from) {
        int i = from + 1;
        while (i < source.length() && source.at(i) != source.at(from) && !source.isLineEnd(i)) {
            i++;
        }
        return i;
    }

    private int specialEnd(int from) {
        int i = from + 1;
        while (i < source.length() && source.at(i) != '?') {
            i++;
        }
        return i;
    }

    private int commentEnd(int from) {
        int depth = 1;
        int i = from + 2;
        for (; depth > 0; i++) {
            if (i >= source.length()) {
                throw source.error("the comment that starts here has no end", from);
            } else if (source.at(i) == '(' && source.at(i + 1) == '*') {
                depth++;
                i++;
            } else if (source.at(i) == '*' && source.at(i + 1) == ')') {
                depth--;
                i++;
            }
        }
        bounds.add(from);
        bounds.add(i);
        return i - 1;
    }
}
