// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.BitSet;

final class ToyExample {

    // guide: begin
    static Vocabulary toy() {
        return Vocabulary.builder()
                .token(0, "ab")
                .token(1, "a")
                .token(2, "b")
                .special(3, "<end>")
                .endIds(3)
                .build();
    }

    static int first(long[] mask) { // the likeliest allowed token of a model that likes small numbers
        return BitSet.valueOf(mask).nextSetBit(0);
    }
    // guide: end

    private ToyExample() {}
}
