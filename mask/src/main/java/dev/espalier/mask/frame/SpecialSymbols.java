// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.automata.state.State;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.grammar.Expression;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A mapping between the special tokens of a vocabulary and the symbols of a grammar that name them. Immutable, thread-safe. */
public final class SpecialSymbols {

    /** Tokens that the same symbols stand for, in ascending order: a grammar reads them alike. */
    public record Group(List<Integer> symbols, int[] ids) {}

    private final List<Group> groups = new ArrayList<>();

    /** The tokens that have a symbol, in ascending order. */
    private final int[] ids;

    /** The group of each of them. */
    private final int[] groupOf;

    private volatile @Nullable Map<Integer, List<Integer>> byId;

    /**
     * Finds every token in the vocabulary. Cost: that of sorting the tokens that some symbol stands for.
     *
     * @throws ReferenceException if no special or added token has the name
     * @throws InvalidInputException if the id is outside the vocabulary, or a hole
     */
    public SpecialSymbols(List<Expression.TokenTerminal> tokens, Vocabulary vocabulary) {
        long[] pairs = pairs(tokens, vocabulary);
        this.ids = Arrays.stream(pairs)
                .mapToInt(pair -> (int) (pair >> 32))
                .distinct()
                .toArray();
        this.groupOf = new int[ids.length];
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        List<IntList> members = new ArrayList<>();
        List<List<Integer>> symbols = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < ids.length; i++) {
            List<Integer> all = new ArrayList<>(1);
            while (next < pairs.length && (int) (pairs[next] >> 32) == ids[i]) {
                all.add((int) pairs[next++]);
            }
            boolean isLikeLast = i > 0 && symbols.get(groupOf[i - 1]).equals(all);
            groupOf[i] = isLikeLast ? groupOf[i - 1] : numbers.computeIfAbsent(all, key -> numbers.size());
            if (groupOf[i] == symbols.size()) {
                symbols.add(all);
                members.add(new IntList());
            }
            members.get(groupOf[i]).add(ids[i]);
        }
        for (int i = 0; i < symbols.size(); i++) {
            groups.add(new Group(List.copyOf(symbols.get(i)), members.get(i).toArray()));
        }
    }

    /** Tokens with a symbol of theirs in the lower half, in ascending order. */
    private static long[] pairs(List<Expression.TokenTerminal> tokens, Vocabulary vocabulary) {
        List<int[]> resolved =
                tokens.stream().map(token -> resolve(token, vocabulary)).toList();
        long[] pairs = new long[resolved.stream().mapToInt(all -> all.length).sum()];
        int size = 0;
        for (int n = 0; n < resolved.size(); n++) {
            for (int id : resolved.get(n)) {
                pairs[size++] = (long) id << 32 | (State.SPECIAL + n);
            }
        }
        Arrays.sort(pairs);
        return pairs;
    }

    private static int[] resolve(Expression.TokenTerminal token, Vocabulary vocabulary) {
        if (token instanceof Expression.OtherToken other) {
            Set<Integer> excluded = new HashSet<>();
            other.excluded().forEach(each -> excluded.add(resolve(each, vocabulary)));
            return IntStream.range(0, vocabulary.size())
                    .filter(id -> !vocabulary.isEnd(id) && !excluded.contains(id) && isToken(id, vocabulary))
                    .toArray();
        }
        return new int[] {resolve((Expression.SpecialToken) token, vocabulary)};
    }

    private static boolean isToken(int id, Vocabulary vocabulary) {
        boolean hasBytes =
                id < vocabulary.tokens().count() && vocabulary.tokens().length(id) > 0;
        return hasBytes || !vocabulary.text(id).isEmpty();
    }

    private static int resolve(Expression.SpecialToken token, Vocabulary vocabulary) {
        if (token.name().isEmpty()) {
            int id = token.id();
            if (id < 0 || id >= vocabulary.size() || !isToken(id, vocabulary)) {
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
        return groups.isEmpty();
    }

    /** Symbols by token id. Cost: that of making the map, the first time. */
    public Map<Integer, List<Integer>> byId() {
        Map<Integer, List<Integer>> known = byId;
        if (known == null) {
            known = new TreeMap<>();
            for (Group group : groups) {
                for (int id : group.ids()) {
                    known.put(id, group.symbols());
                }
            }
            byId = known;
        }
        return known;
    }

    /** The tokens by their symbols: what one of a group does, all do. */
    public List<Group> groups() {
        return groups;
    }

    /** The symbols that stand for a token. Cost: logarithmic. */
    public List<Integer> of(int id) {
        int index = Arrays.binarySearch(ids, id);
        return index < 0 ? List.of() : groups.get(groupOf[index]).symbols();
    }
}
