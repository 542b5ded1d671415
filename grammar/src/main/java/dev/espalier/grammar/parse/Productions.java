// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A grammar as productions: symbols are numbers, from 0 on those of rules and their parts, below 0 those of characters. Symbol 0 is the start rule. For texts of
 * at most some length, longer repetitions are as good as endless ones.
 */
final class Productions {

    private final Grammar grammar;
    private final int longest;
    private final WorkBudget budget;
    private final List<String> names = new ArrayList<>();
    private final List<List<int[]>> alternatives = new ArrayList<>();
    private final List<CodePoints> characters = new ArrayList<>();
    private final Map<CodePoints, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> rules = new HashMap<>();

    private Productions(Grammar grammar, int longest, WorkBudget budget) {
        this.grammar = grammar;
        this.longest = longest;
        this.budget = budget;
    }

    /**
     * The productions of a grammar.
     *
     * @param start the rule to start from
     * @param longest the length of the longest text that they are for, in characters
     * @throws UnsupportedFeatureException if it is made of more than characters, sequences, choices and repetitions
     */
    static Productions of(Grammar grammar, String start, int longest, WorkBudget budget) {
        Productions productions = new Productions(grammar, longest, budget);
        productions.rules.put(start, productions.add(start));
        for (String rule : grammar.rules().keySet()) {
            if (!rule.equals(start)) {
                productions.rules.put(rule, productions.add(rule));
            }
        }
        grammar.rules().forEach((name, body) -> productions.define(productions.rule(name), body));
        productions.dropEndless();
        return productions;
    }

    /** Drops what has no text. */
    private void dropEndless() {
        int[] shortest = shortest();
        for (List<int[]> rows : alternatives) {
            rows.removeIf(row -> Arrays.stream(row)
                    .anyMatch(part -> part < 0 ? characters(part).isEmpty() : shortest[part] == Integer.MAX_VALUE));
        }
    }

    private int rule(String name) {
        Integer number = rules.get(name);
        if (number == null) {
            throw new IllegalStateException("no rule " + name);
        }
        return number;
    }

    private int add(String name) {
        budget.addStates(1);
        names.add(name);
        alternatives.add(new ArrayList<>());
        return names.size() - 1;
    }

    private void define(int symbol, Expression body) {
        if (body instanceof Expression.Choice choice) {
            choice.alternatives().forEach(each -> alternatives.get(symbol).add(symbols(each)));
        } else {
            alternatives.get(symbol).add(symbols(body));
        }
    }

    private int[] symbols(Expression expression) {
        List<Integer> row = new ArrayList<>();
        collect(expression, row);
        return row.stream().mapToInt(Integer::intValue).toArray();
    }

    private void collect(Expression expression, List<Integer> row) {
        budget.step();
        if (expression instanceof Expression.Sequence sequence) {
            sequence.items().forEach(item -> collect(item, row));
        } else if (expression instanceof Expression.Literal literal) {
            text(literal).codePoints().forEach(c -> row.add(character(CodePoints.of(c))));
        } else if (expression instanceof Expression.CharacterClass members) {
            row.add(character(members.members()));
        } else if (expression instanceof Expression.RuleReference reference) {
            row.add(rule(reference.name()));
        } else if (expression instanceof Expression.Choice) {
            int part = add("");
            define(part, expression);
            row.add(part);
        } else if (expression instanceof Expression.Repeat repeat) {
            repeat(repeat, row);
        } else {
            String what = expression.getClass().getSimpleName();
            throw new UnsupportedFeatureException(
                    what,
                    "trees and sentences are for grammars of characters, sequences, choices and repetitions, not for "
                            + what,
                    Place.UNKNOWN);
        }
    }

    private static String text(Expression.Literal literal) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(literal.bytes().toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnsupportedFeatureException("bytes", "a literal of bytes that are no text", Place.UNKNOWN);
        }
    }

    private int character(CodePoints members) {
        int number = numbers.computeIfAbsent(members, none -> {
            characters.add(members);
            return characters.size() - 1;
        });
        return -1 - number;
    }

    private void repeat(Expression.Repeat repeat, List<Integer> row) {
        int item = add("");
        define(item, repeat.item());
        int min = Math.min(repeat.min(), longest + 1);
        for (int i = 0; i < min; i++) {
            budget.step();
            row.add(item);
        }
        boolean isUnbounded = repeat.max() == Expression.UNBOUNDED || repeat.max() > longest;
        if (isUnbounded) {
            int more = add("");
            alternatives.get(more).add(new int[0]);
            alternatives.get(more).add(new int[] {more, item});
            row.add(more);
            return;
        }
        int rest = -1;
        for (int i = min; i < repeat.max(); i++) {
            int next = add("");
            alternatives.get(next).add(new int[0]);
            alternatives.get(next).add(rest < 0 ? new int[] {item} : new int[] {item, rest});
            rest = next;
        }
        if (rest >= 0) {
            row.add(rest);
        }
    }

    /** How many symbols of rules and parts there are. */
    int size() {
        return names.size();
    }

    /** The rule of a symbol; empty for a part of one. */
    String name(int symbol) {
        return names.get(symbol);
    }

    /** What a symbol may become. */
    List<int[]> alternatives(int symbol) {
        return alternatives.get(symbol);
    }

    /** The characters of a symbol below 0. */
    CodePoints characters(int symbol) {
        return characters.get(-1 - symbol);
    }

    /** All classes of characters. */
    List<CodePoints> classes() {
        return characters;
    }

    /** By symbol, the length of its shortest text; {@link Integer#MAX_VALUE} if it has none. */
    int[] shortest() {
        int[] shortest = new int[size()];
        Arrays.fill(shortest, Integer.MAX_VALUE);
        for (boolean changes = true; changes; ) {
            changes = false;
            for (int symbol = 0; symbol < shortest.length; symbol++) {
                for (int[] alternative : alternatives.get(symbol)) {
                    budget.step();
                    long length = 0;
                    for (int part : alternative) {
                        length += part >= 0 ? shortest[part] : characters(part).isEmpty() ? Integer.MAX_VALUE : 1;
                    }
                    if (length < shortest[symbol]) {
                        shortest[symbol] = (int) length;
                        changes = true;
                    }
                }
            }
        }
        return shortest;
    }
}
