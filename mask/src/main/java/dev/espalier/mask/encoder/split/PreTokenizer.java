// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.split;

/** A step that cuts text into parts before a model reads them. Immutable and thread-safe. */
public interface PreTokenizer {

    /**
     * What takes text and hands its parts on.
     *
     * @param next takes the parts
     * @param atStart whether the text is the start of the whole input
     */
    Pieces into(Pieces next, boolean atStart);
}
