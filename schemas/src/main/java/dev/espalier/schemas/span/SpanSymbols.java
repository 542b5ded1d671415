// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.span;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.source.CaseFolding;
import java.util.Arrays;

/**
 * A text as symbols that are equal where differences between characters do not matter: its code points, or, folded, the simple case folding
 * of each (Unicode, CaseFolding.txt, statuses C and S), and one space for each longest run of white space. Immutable.
 */
final class SpanSymbols {

    /** The symbol of a run of white space in folded texts. */
    static final int SPACE = ' ';

    /** The characters with the property White_Space. */
    static final CodePoints WHITE_SPACE = CodePoints.ofRanges(
            0x9, 0xD, 0x20, 0x20, 0x85, 0x85, 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F,
            0x202F, 0x205F, 0x205F, 0x3000, 0x3000);

    private final int[] symbols;
    private final int[] starts;

    private SpanSymbols(int[] symbols, int[] starts) {
        this.symbols = symbols;
        this.starts = starts;
    }

    /** The symbols of a text. Cost: linear in it. */
    static SpanSymbols of(String text, boolean folded) {
        int[] symbols = new int[text.length()];
        int[] starts = new int[text.length() + 1];
        int size = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            int symbol = folded ? fold(c) : c;
            boolean isMore = folded && symbol == SPACE && size > 0 && symbols[size - 1] == SPACE;
            if (!isMore) {
                starts[size] = at;
                symbols[size++] = symbol;
            }
            at += Character.charCount(c);
        }
        starts[size] = text.length();
        return new SpanSymbols(Arrays.copyOf(symbols, size), Arrays.copyOf(starts, size + 1));
    }

    private static int fold(int codePoint) {
        return WHITE_SPACE.contains(codePoint) ? SPACE : CaseFolding.fold(codePoint);
    }

    /** The characters that a symbol stands for. Cost: a look at all classes of characters that fold alike. */
    static CodePoints characters(int symbol, boolean folded) {
        if (!folded) {
            return CodePoints.ofRanges(symbol, symbol);
        }
        return symbol == SPACE ? WHITE_SPACE : CaseFolding.closure(CodePoints.ofRanges(symbol, symbol));
    }

    /** Whether a symbol is part of a word: a letter, a digit, a mark, or punctuation that connects words. */
    static boolean isWord(int symbol) {
        return switch (Character.getType(symbol)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.LETTER_NUMBER -> true;
            default -> Character.isLetterOrDigit(symbol);
        };
    }

    int size() {
        return symbols.length;
    }

    int get(int index) {
        return symbols[index];
    }

    /** The index in the text of the first {@code char} of a symbol; of all symbols, the length of the text. */
    int start(int index) {
        return starts[index];
    }

    /** Whether no word goes on across the place before a symbol; the text begins and ends at such places. */
    boolean isBoundary(int index) {
        return index == 0 || index == symbols.length || !isWord(symbols[index - 1]) || !isWord(symbols[index]);
    }
}
