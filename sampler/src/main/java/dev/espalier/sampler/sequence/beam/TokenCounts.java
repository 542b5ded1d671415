// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.beam;

import java.util.HashMap;
import java.util.Map;

/** How often each token was taken at one length by the groups so far, and what it loses for that. One thread at a time. */
final class TokenCounts {

    private final double penalty;
    private final Map<Integer, Integer> counts = new HashMap<>();

    /** No token yet. */
    TokenCounts(double penalty) {
        this.penalty = penalty;
    }

    void add(int token) {
        counts.merge(token, 1, Integer::sum);
    }

    /** What a token loses. */
    double penalty(int token) {
        return penalty * counts.getOrDefault(token, 0);
    }
}
