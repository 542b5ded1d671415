// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

/**
 * What becomes of characters that a vocabulary does not have.
 *
 * @param id the unknown token, or -1: such characters are left out
 * @param fuses whether neighbours become one token
 */
public record Unknown(int id, boolean fuses) {

    /**
     * Adds a symbol, -1 for what is unknown.
     *
     * @param waiting the unknown token that is not added yet because others may join it, or -1
     * @return the same afterwards
     */
    int add(int symbol, int waiting, Merger symbols) {
        if (symbol >= 0) {
            finish(waiting, symbols);
            symbols.add(symbol);
            return -1;
        }
        if (!fuses) {
            finish(waiting, symbols);
        }
        return id;
    }

    /** Adds the token that waits. */
    void finish(int waiting, Merger symbols) {
        if (waiting >= 0) {
            symbols.add(waiting);
        }
    }
}
