// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.automata.state.State;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.grammar.Expression;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A mapping between the special tokens of a vocabulary and the symbols of a grammar that name them. Immutable, thread-safe. */
public final class SpecialSymbols {

    private final Map<Integer, List<Integer>> symbolsById = new TreeMap<>();

    /**
     * Finds every special token in the vocabulary.
     *
     * @throws ReferenceException if no special or added token has the name
     * @throws InvalidInputException if the id is outside the vocabulary, or a hole
     */
    public SpecialSymbols(List<Expression.SpecialToken> tokens, Vocabulary vocabulary) {
        for (int n = 0; n < tokens.size(); n++) {
            int id = resolve(tokens.get(n), vocabulary);
            symbolsById.computeIfAbsent(id, key -> new ArrayList<>()).add(State.SPECIAL + n);
        }
    }

    private static int resolve(Expression.SpecialToken token, Vocabulary vocabulary) {
        if (token.name().isEmpty()) {
            int id = token.id();
            if (id < 0 || id >= vocabulary.size() || vocabulary.text(id).isEmpty()) {
                throw new InvalidInputException("the grammar names token " + id + ", which the vocabulary of "
                        + vocabulary.size() + " ids does not have");
            }
            return id;
        }
        int id = vocabulary.specialId(token.name()).orElse(-1);
        if (id < 0) {
            String name =
                    token.name().length() <= 60 ? token.name() : token.name().substring(0, 60) + "…";
            throw new ReferenceException("the vocabulary has no special token called " + name, Place.UNKNOWN);
        }
        return id;
    }

    public boolean isEmpty() {
        return symbolsById.isEmpty();
    }

    /** Symbols by token id. */
    public Map<Integer, List<Integer>> byId() {
        return symbolsById;
    }

    /** The symbols that stand for a token. */
    public List<Integer> of(int id) {
        return symbolsById.getOrDefault(id, List.of());
    }
}
