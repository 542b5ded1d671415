// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text by a grammar into trees, by Earley's algorithm (1970). Slow beside masks, and made to explain. Two readings differ if the trees of named rules do; a
 * repetition reads no empty item that it does not need for its least number.
 */
public final class TextReader {

    private static final int ENOUGH = 2;

    private final Chart chart;

    private TextReader(Chart chart) {
        this.chart = chart;
    }

    /** {@link #read(Grammar, String, String, int, WorkBudget)} with two trees at most. */
    public static Reading read(Grammar grammar, String start, String text, WorkBudget budget) {
        return read(grammar, start, text, ENOUGH, budget);
    }

    /**
     * Reads a text. Cost: cubic in the text's length at worst, linear for most grammars of languages.
     *
     * @param start the rule to start from
     * @param most how many trees are wanted at most; at least 1
     * @throws UnsupportedFeatureException if the grammar has something that is not of characters, sequences, choices and repetitions
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public static Reading read(Grammar grammar, String start, String text, int most, WorkBudget budget) {
        int[] characters = text.codePoints().toArray();
        Productions rules = Productions.of(grammar, start, characters.length, budget);
        return read(rules, new Input.Characters(characters), most, budget);
    }

    /**
     * Reads a text that is cut into tokens. Tokens are leaves of the trees. Cost: as for characters.
     *
     * @param rules the rules
     * @param tokens the names that stand for tokens in them
     * @param start the rule to start from
     * @param text the text
     * @param most how many trees are wanted at most; at least 1
     * @throws UnsupportedFeatureException if the rules have something that is not of tokens, sequences, choices and repetitions
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public static Reading read(
            Grammar rules, Set<String> tokens, String start, TokenLattice text, int most, WorkBudget budget) {
        Productions productions =
                Productions.ofTokens(rules, tokens, start, text.nodes().size(), budget);
        return read(productions, new Input.Tokens(text), most, budget);
    }

    static Reading read(Productions rules, Input input, int most, WorkBudget budget) {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most);
        }
        Chart chart = Chart.of(rules, input, budget);
        int end = chart.end();
        return end < 0
                ? new TextReader(chart).failure()
                : new Reading.Sentence(new Forest(chart, most, budget).trees(0, 0, end));
    }

    private Reading failure() {
        int at = chart.furthest();
        Set<String> expected = new LinkedHashSet<>();
        List<String> inside = new ArrayList<>();
        for (Chart.Item item : chart.items(at)) {
            Chart.Dot dot = chart.dot(item.dot());
            if ((item.origin() < at || at == 0 && dot.symbol() == 0) && !dot.isEnd()) {
                expect(dot.next(), expected, new BitSet());
                if (inside.isEmpty()) {
                    inside.addAll(path(item, at));
                }
            }
        }
        if (chart.items(at).stream().anyMatch(item -> item.origin() == 0 && isWhole(item))) {
            expected.add("the end of the text");
        }
        return new Reading.Failure(chart.input().offset(at), List.copyOf(expected), inside);
    }

    private boolean isWhole(Chart.Item item) {
        return chart.dot(item.dot()).symbol() == 0 && chart.dot(item.dot()).isEnd();
    }

    /** A symbol in words: a rule's name, or what parts of rules may begin with. */
    private void expect(int symbol, Set<String> expected, BitSet met) {
        Productions rules = chart.rules();
        if (symbol < 0) {
            expected.add(rules.terminal(symbol).shown());
        } else if (rules.isNamed(symbol)) {
            expected.add(rules.name(symbol));
        } else if (!met.get(symbol)) {
            met.set(symbol);
            for (int[] row : rules.alternatives(symbol)) {
                for (int part : row) {
                    expect(part, expected, met);
                    if (rules.shortest(part) > 0) {
                        break;
                    }
                }
            }
        }
    }

    /** The named rules around an item, the outermost first. */
    private List<String> path(Chart.Item item, int at) {
        ArrayDeque<String> names = new ArrayDeque<>();
        Set<Chart.Item> met = new HashSet<>();
        Chart.Item inner = item;
        int place = at;
        while (inner != null && met.add(inner)) {
            int symbol = chart.dot(inner.dot()).symbol();
            if (chart.rules().isNamed(symbol)) {
                names.push(chart.rules().name(symbol));
            }
            place = inner.origin();
            inner = caller(symbol, place, met);
        }
        return List.copyOf(names);
    }

    private Chart.@Nullable Item caller(int symbol, int place, Set<Chart.Item> met) {
        return chart.callers(place, symbol).stream()
                .filter(caller -> !met.contains(caller))
                .findFirst()
                .orElse(null);
    }
}
