// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.cold;

import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import java.util.Random;

/** The same way through a constraint each time: at each step a token that a seeded generator picks. One thread. */
final class ColdWalk {

    private final Matcher matcher;
    private final Random random = new Random(1);
    private long nanos;
    private long nodes;

    ColdWalk(Matcher matcher) {
        this.matcher = matcher;
    }

    /** Goes on by so many tokens, or to the end. */
    ColdWalk go(int steps) {
        for (int step = 0; step < steps && !matcher.isTerminated(); step++) {
            long start = System.nanoTime();
            TokenMask mask = matcher.mask();
            nanos += System.nanoTime() - start;
            nodes += matcher.lastStats().visited();
            if (mask.isEmpty()) {
                break;
            }
            int token = picked(mask);
            matcher.accept(token);
        }
        return this;
    }

    private int picked(TokenMask mask) {
        int nth = random.nextInt(mask.count());
        for (int index = 0; ; index++) {
            long word = mask.word(index);
            int here = Long.bitCount(word);
            if (nth < here) {
                for (; nth > 0; nth--) {
                    word &= word - 1;
                }
                return (index << 6) + Long.numberOfTrailingZeros(word);
            }
            nth -= here;
        }
    }

    /** What the masks took. */
    long nanos() {
        return nanos;
    }

    /** The trie nodes that were visited for them. */
    long nodes() {
        return nodes;
    }
}
