// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.law.TokenLaw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Laws that are kept for those who ask again: the many repetitions of many samplers ask about the same texts. Drops what was
 * not asked for longest. Thread-safe.
 */
final class RememberedLaws implements TokenLaws {

    private final TokenLaws laws;
    private final Map<List<Integer>, TokenLaw> known;

    /**
     * Laws that are kept.
     *
     * @param laws closed with this
     * @param most how many are kept
     */
    RememberedLaws(TokenLaws laws, int most) {
        this.laws = laws;
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<List<Integer>, TokenLaw> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public Vocabulary vocabulary() {
        return laws.vocabulary();
    }

    @Override
    public TokenLaw after(List<Integer> tokens) {
        synchronized (known) {
            TokenLaw law = known.get(tokens);
            if (law != null) {
                return law;
            }
        }
        TokenLaw law = laws.after(tokens);
        synchronized (known) {
            known.put(tokens, law);
        }
        return law;
    }

    @Override
    public void close() {
        laws.close();
    }
}
