// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** Literals of notations without escapes: pieces in double quotes, in single quotes if there are double ones in them, and characters that stand alone. */
final class QuotedPieces {

    private QuotedPieces() {}

    /**
     * The pieces of a text.
     *
     * @param isPlain which characters may be in quotes
     * @param alone how others are written
     */
    static List<String> of(String characters, IntPredicate isPlain, IntFunction<String> alone) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int other = -1;
        for (int c : characters.codePoints().toArray()) {
            boolean plain = isPlain.test(c);
            if (!plain || (c == other && !piece.isEmpty())) {
                flush(piece, pieces);
                other = -1;
            }
            if (plain) {
                piece.appendCodePoint(c);
                other = c == '"' ? '\'' : c == '\'' ? '"' : other;
            } else {
                pieces.add(alone.apply(c));
            }
        }
        flush(piece, pieces);
        return pieces;
    }

    private static void flush(StringBuilder piece, List<String> pieces) {
        if (!piece.isEmpty()) {
            char quote = piece.indexOf("\"") < 0 ? '"' : '\'';
            pieces.add(quote + piece.toString() + quote);
            piece.setLength(0);
        }
    }
}
