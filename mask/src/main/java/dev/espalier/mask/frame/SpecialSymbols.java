// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.automata.state.State;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.grammar.Expression;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A mapping between the special tokens of a vocabulary and the symbols of a grammar that name them. Immutable, thread-safe. */
public final class SpecialSymbols {

    /** Tokens that the same symbols stand for, in ascending order: a grammar reads them alike. */
    public record Group(List<Integer> symbols, int[] ids) {}

    private final Map<Integer, List<Integer>> symbolsById = new TreeMap<>();
    private final List<Group> groups = new ArrayList<>();

    /**
     * Finds every special token in the vocabulary.
     *
     * @throws ReferenceException if no special or added token has the name
     * @throws InvalidInputException if the id is outside the vocabulary, or a hole
     */
    public SpecialSymbols(List<Expression.TokenTerminal> tokens, Vocabulary vocabulary) {
        for (int n = 0; n < tokens.size(); n++) {
            int symbol = State.SPECIAL + n;
            for (int id : resolve(tokens.get(n), vocabulary)) {
                symbolsById.computeIfAbsent(id, key -> new ArrayList<>(1)).add(symbol);
            }
        }
        Map<List<Integer>, IntStream.Builder> ids = new LinkedHashMap<>();
        symbolsById.forEach((id, symbols) ->
                ids.computeIfAbsent(symbols, key -> IntStream.builder()).add(id));
        ids.forEach((symbols, all) -> groups.add(new Group(symbols, all.build().toArray())));
    }

    private static int[] resolve(Expression.TokenTerminal token, Vocabulary vocabulary) {
        if (token instanceof Expression.OtherToken other) {
            Set<Integer> excluded = new HashSet<>();
            other.excluded().forEach(each -> excluded.add(resolve(each, vocabulary)));
            return IntStream.range(0, vocabulary.size())
                    .filter(id -> !vocabulary.isEnd(id)
                            && !excluded.contains(id)
                            && !vocabulary.text(id).isEmpty())
                    .toArray();
        }
        return new int[] {resolve((Expression.SpecialToken) token, vocabulary)};
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

    /** The tokens by their symbols: what one of a group does, all do. */
    public List<Group> groups() {
        return groups;
    }

    /** The symbols that stand for a token. */
    public List<Integer> of(int id) {
        return symbolsById.getOrDefault(id, List.of());
    }
}
