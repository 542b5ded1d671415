// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairMap;
import java.util.Map;
import java.util.Optional;

/** The code points of a word, each a symbol; those that the vocabulary does not have are written in bytes or unknown. */
final class CharacterSymbols implements SymbolReader {

    private final PairMap symbols = new PairMap();

    /** The code points of the symbols that are no tokens, by number of the symbol. */
    private final PairMap codePoints = new PairMap();

    private final Optional<int[]> bytes;
    private final Unknown unknown;

    /**
     * The symbols of a vocabulary.
     *
     * @param vocabulary symbols by their text
     * @param tokens the number of tokens: symbols from there on are single characters that are no tokens
     * @param bytes the tokens of the bytes, if characters are written so; -1 for those that are missing
     */
    CharacterSymbols(Map<String, Integer> vocabulary, int tokens, Optional<int[]> bytes, Unknown unknown) {
        this.bytes = bytes;
        this.unknown = unknown;
        vocabulary.forEach((text, id) -> {
            if (!text.isEmpty() && text.codePointCount(0, text.length()) == 1) {
                symbols.put(0, text.codePointAt(0), id);
                if (id >= tokens) {
                    codePoints.put(0, id, text.codePointAt(0));
                }
            }
        });
    }

    /** Whether a code point is a token. */
    boolean isToken(int codePoint) {
        int symbol = symbols.get(0, codePoint);
        return symbol >= 0 && codePoints.get(0, symbol) < 0;
    }

    @Override
    public void read(String text, int from, int to, Merger merger) {
        int waiting = -1;
        for (int i = from; i < to; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int symbol = symbols.get(0, c);
            if (symbol >= 0 || !hasBytes(c)) {
                waiting = unknown.add(symbol, waiting, merger);
            } else {
                for (int shift = Utf8Bytes.shift(c); shift >= 0; shift -= 6) {
                    merger.add(bytes.orElseThrow()[Utf8Bytes.at(c, shift)]);
                }
            }
        }
        unknown.finish(waiting, merger);
    }

    private boolean hasBytes(int c) {
        boolean all = bytes.isPresent();
        for (int shift = Utf8Bytes.shift(c); all && shift >= 0; shift -= 6) {
            all = bytes.get()[Utf8Bytes.at(c, shift)] >= 0;
        }
        return all;
    }

    @Override
    public void write(int symbol, IntList tokens) {
        int c = codePoints.get(0, symbol);
        if (c >= 0 && hasBytes(c)) {
            for (int shift = Utf8Bytes.shift(c); shift >= 0; shift -= 6) {
                tokens.add(bytes.orElseThrow()[Utf8Bytes.at(c, shift)]);
            }
            return;
        }
        int token = c < 0 ? symbol : unknown.id();
        boolean fused =
                token == unknown.id() && unknown.fuses() && tokens.size() > 0 && tokens.get(tokens.size() - 1) == token;
        if (token >= 0 && !fused) {
            tokens.add(token);
        }
    }
}
