// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.IntList;
import dev.espalier.mask.encoder.split.Pieces;

/** A model of tokens: byte pairs, a unigram law, word pieces. Immutable and thread-safe. */
public interface TokenModel {

    /** What takes words and adds their tokens to a list. One thread. */
    Pieces into(IntList tokens);
}
