// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.law.TokenLaw;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The laws at those nodes of a trie that were used last, in a bounded number of probabilities: for a vocabulary of 100,000
 * tokens the last 20 or so, for a vocabulary of ten all that ever come up. One thread at a time.
 */
@FastPath(oracle = "LawCacheTest")
final class LawCache {

    /** The most probabilities that are kept: 16 MiB. */
    static final int MAX_PROBABILITIES = 1 << 21;

    private final Map<Integer, TokenLaw> laws = new LinkedHashMap<>(16, 0.75f, true);

    /** The law at a node, asked for if it is not there. */
    TokenLaw at(int node, Supplier<TokenLaw> model) {
        TokenLaw known = laws.get(node);
        if (known == null) {
            known = model.get();
            put(node, known);
        }
        return known;
    }

    /** Keeps a law; forgets the ones that were not used for longest. */
    void put(int node, TokenLaw law) {
        laws.put(node, law);
        while ((long) laws.size() * law.size() > MAX_PROBABILITIES && laws.size() > 1) {
            laws.remove(laws.keySet().iterator().next());
        }
    }
}
