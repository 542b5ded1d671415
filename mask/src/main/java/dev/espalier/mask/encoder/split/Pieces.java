// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.split;

/** What takes the parts of a text one after the other. One thread. */
public interface Pieces {

    /** Takes the part from an index to another, which is not empty. */
    void accept(String text, int from, int to);
}
