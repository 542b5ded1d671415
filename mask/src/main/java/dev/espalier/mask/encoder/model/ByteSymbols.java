// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import java.util.Arrays;

/** The bytes of a word in UTF-8, each a symbol. A byte without one becomes the unknown token, or is left out if there is none. */
final class ByteSymbols implements SymbolReader {

    private final int[] ids;
    private final Unknown unknown;

    /** The symbols by byte, -1 where there is none. */
    ByteSymbols(int[] ids, Unknown unknown) {
        this.ids = Arrays.copyOf(ids, 256);
        this.unknown = unknown;
    }

    @Override
    public void read(String text, int from, int to, Merger symbols) {
        int waiting = -1;
        for (int i = from; i < to; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            for (int shift = Utf8Bytes.shift(c); shift >= 0; shift -= 6) {
                waiting = unknown.add(ids[Utf8Bytes.at(c, shift)], waiting, symbols);
            }
        }
        unknown.finish(waiting, symbols);
    }
}
