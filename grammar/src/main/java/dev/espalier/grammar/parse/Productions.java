// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A grammar as productions: symbols are numbers, from 0 on those of rules and their parts, below 0 those of terminals. Symbol 0 is the start rule. For texts of
 * at most some length, longer repetitions are as good as endless ones. Immutable.
 *
 * <p>A repetition reads no empty item that it does not need for its least number, and those come last: {@code (x?)*} reads a text in one way.
 */
final class Productions {

    private final List<String> names;
    private final List<List<int[]>> alternatives;
    private final List<Terminal> terminals;
    private final int[] shortest;
    private final int[][] best;

    Productions(List<String> names, List<List<int[]>> alternatives, List<Terminal> terminals, WorkBudget budget) {
        this.names = names;
        this.alternatives = alternatives;
        this.terminals = terminals;
        this.shortest = new int[names.size()];
        this.best = new int[names.size()][0];
        findShortest(budget);
        for (List<int[]> rows : alternatives) {
            rows.removeIf(row -> length(row, 0) == Integer.MAX_VALUE);
        }
    }

    /**
     * The productions of a grammar of characters.
     *
     * @param start the rule to start from
     * @param longest the length of the longest text that they are for, in characters
     * @throws UnsupportedFeatureException if it is made of more than characters, sequences, choices and repetitions
     */
    static Productions of(Grammar grammar, String start, int longest, WorkBudget budget) {
        return new ProductionBuilder(grammar, Set.of(), longest, budget).build(start);
    }

    /**
     * The productions of the rules of a grammar of tokens.
     *
     * @param tokens the names of the tokens
     * @param start the rule to start from
     * @param longest the greatest number of tokens of a text that they are for
     * @throws UnsupportedFeatureException if they are made of more than tokens, sequences, choices and repetitions
     */
    static Productions ofTokens(Grammar rules, Set<String> tokens, String start, int longest, WorkBudget budget) {
        return new ProductionBuilder(rules, tokens, longest, budget).build(start);
    }

    /** How many symbols of rules and parts there are. */
    int size() {
        return names.size();
    }

    /** The rule of a symbol; empty for a part of one. Two symbols may be of one rule: for all its texts, or those that are not empty, or the empty one. */
    String name(int symbol) {
        return names.get(symbol);
    }

    boolean isNamed(int symbol) {
        return !names.get(symbol).isEmpty();
    }

    /** What a symbol may become; without what never ends. */
    List<int[]> alternatives(int symbol) {
        return alternatives.get(symbol);
    }

    /** The terminal of a symbol below 0. */
    Terminal terminal(int symbol) {
        return terminals.get(-1 - symbol);
    }

    /** All terminals; that of symbol -1 first. */
    List<Terminal> terminals() {
        return terminals;
    }

    /** The number of terminals of the shortest text of a symbol; {@link Integer#MAX_VALUE} if it has none. */
    int shortest(int symbol) {
        return symbol >= 0 ? shortest[symbol] : terminal(symbol).isNothing() ? Integer.MAX_VALUE : 1;
    }

    /** The alternative of a shortest text of a symbol that has one. The best alternatives of its parts lead to an end. */
    int[] best(int symbol) {
        return best[symbol];
    }

    /** The number of terminals of the shortest text of an alternative's rest; {@link Integer#MAX_VALUE} if it has none. */
    int length(int[] row, int from) {
        long length = 0;
        for (int i = from; i < row.length; i++) {
            length += shortest(row[i]);
        }
        return (int) Math.min(Integer.MAX_VALUE, length);
    }

    private void findShortest(WorkBudget budget) {
        Arrays.fill(shortest, Integer.MAX_VALUE);
        for (boolean changes = true; changes; ) {
            changes = false;
            for (int symbol = shortest.length - 1; symbol >= 0; symbol--) {
                for (int[] row : alternatives.get(symbol)) {
                    budget.step();
                    int length = length(row, 0);
                    if (length < shortest[symbol]) {
                        shortest[symbol] = length;
                        best[symbol] = row;
                        changes = true;
                    }
                }
            }
        }
    }
}
