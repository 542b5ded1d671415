// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A vocabulary with what chooses among its tokens and cuts texts into them. Thread-safe.
 *
 * @param vocabulary the tokens
 * @param seeker chooses
 * @param cutter cuts
 * @param single tokens of one byte
 */
record Tokens(Vocabulary vocabulary, LengthSeeker seeker, TokenCutter cutter, List<Integer> single) {

    /** Those of a vocabulary. */
    static Tokens of(Vocabulary vocabulary) {
        List<Integer> single = IntStream.range(0, vocabulary.size())
                .filter(id -> vocabulary.decode(id).length == 1)
                .boxed()
                .toList();
        return new Tokens(vocabulary, new LengthSeeker(vocabulary), new TokenCutter(vocabulary), single);
    }
}
