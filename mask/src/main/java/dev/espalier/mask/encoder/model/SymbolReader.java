// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.IntList;

/** How the characters of a word become the first symbols of byte-pair encoding, and symbols tokens. Immutable and thread-safe. */
interface SymbolReader {

    /** Adds the symbols of a part of a text. */
    void read(String text, int from, int to, Merger symbols);

    /** Adds the tokens that a symbol stands for: usually itself. */
    default void write(int symbol, IntList tokens) {
        tokens.add(symbol);
    }
}
