// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.twoway;

import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.stream.IntStream;

/**
 * A simulated model that has a text in mind and, where that is not allowed, would rather write white space than anything else:
 * as small models do. It writes, of what is allowed, the next token of its text; the token of the lowest id that is white space only;
 * the next of the 64 tokens of its text behind that one; the end; the token that a hash of id and step puts first. A model that
 * has written its text prefers the end to white space. {@code peers/peerbench/wishes.py} is the same.
 */
final class WishModel {

    private static final int AHEAD = 64;
    private static final int[] NO_TOKENS = {};

    private final int[] blanks;
    private final int end;
    private int[] wish = NO_TOKENS;
    private int at;
    private int step;

    /** A model of a vocabulary with an end token. */
    WishModel(Vocabulary vocabulary) {
        this.end = vocabulary.endIds()[0];
        this.blanks = IntStream.range(0, vocabulary.size())
                .filter(id -> isBlank(vocabulary, id))
                .toArray();
    }

    private static boolean isBlank(Vocabulary vocabulary, int id) {
        byte[] bytes = vocabulary.decode(id);
        boolean blank = bytes.length > 0;
        for (byte one : bytes) {
            blank &= one == ' ' || one == '\n' || one == '\t' || one == '\r';
        }
        return blank;
    }

    /** Has another text in mind. */
    void wish(int[] tokens) {
        wish = tokens;
        at = 0;
        step = 0;
    }

    /** The token that ends a text. */
    int end() {
        return end;
    }

    boolean isBlank(int token) {
        return java.util.Arrays.binarySearch(blanks, token) >= 0;
    }

    /** The next token, of those that are allowed; there must be one. */
    int next(TokenMask allowed) {
        step++;
        if (at < wish.length && allowed.allows(wish[at])) {
            return wish[at++];
        }
        if (at == wish.length && allowed.allows(end)) {
            return end;
        }
        for (int blank : blanks) {
            if (allowed.allows(blank)) {
                return blank;
            }
        }
        for (int ahead = at + 1; ahead < Math.min(wish.length, at + AHEAD); ahead++) {
            if (allowed.allows(wish[ahead])) {
                at = ahead + 1;
                return wish[ahead];
            }
        }
        return allowed.allows(end) ? end : byHash(allowed);
    }

    private int byHash(TokenMask allowed) {
        int best = -1;
        for (int id = 0; id < allowed.size(); id++) {
            if (allowed.allows(id) && (best < 0 || Integer.compareUnsigned(hash(id), hash(best)) > 0)) {
                best = id;
            }
        }
        return best;
    }

    private int hash(int id) {
        int h = (id + 1) * 0x9e3779b1 + step * 0x85ebca6b;
        h ^= h >>> 15;
        h *= 0x2c1b3c6d;
        return h ^ h >>> 12;
    }
}
