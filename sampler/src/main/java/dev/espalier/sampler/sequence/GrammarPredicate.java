// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.Matcher;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The predicate that a text stays one of a grammar's, asked token by token: a second grammar on top of the one that makes the
 * masks. What both allow for now may have no common end; such a text is lost. One thread at a time.
 */
final class GrammarPredicate implements TokenPredicate {

    /** Texts whose matchers are kept: those that grow at the same time. */
    private static final int MAX_TEXTS = 256;

    private final CompiledGrammar grammar;
    private final Map<Prefix, Matcher> matchers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Prefix, Matcher> eldest) {
            return size() > MAX_TEXTS;
        }
    };

    GrammarPredicate(CompiledGrammar grammar) {
        this.grammar = grammar;
    }

    @Override
    public boolean allows(Prefix text, int token) {
        return matcher(text).allows(token);
    }

    private Matcher matcher(Prefix text) {
        Matcher known = matchers.get(text);
        if (known == null) {
            Prefix from = text;
            while (from.parent() != null && !matchers.containsKey(from)) {
                from = from.parent();
            }
            Matcher before = matchers.get(from);
            known = before == null ? grammar.matcher() : before.fork();
            int[] tokens = text.tokens();
            for (int i = from.length(); i < tokens.length; i++) {
                known.accept(tokens[i]);
            }
            matchers.put(text, known);
        }
        return known;
    }
}
