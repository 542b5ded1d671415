// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.source.ExpressionDepth;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A builder of the productions of one grammar. */
final class ProductionBuilder {

    private final Grammar grammar;
    private final Set<String> tokens;
    private final int longest;
    private final WorkBudget budget;
    private final List<String> names = new ArrayList<>();
    private final List<List<int[]>> alternatives = new ArrayList<>();
    private final List<Terminal> terminals = new ArrayList<>();
    private final Map<Terminal, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> rules = new HashMap<>();
    private final Set<String> emptyRules = new HashSet<>();
    private final Map<Integer, Integer> withoutEmpty = new HashMap<>();
    private final Map<Integer, Integer> onlyEmpty = new HashMap<>();
    private final Set<Integer> emptyVariants = new HashSet<>();
    private final Deque<Runnable> pending = new ArrayDeque<>();
    private final Set<Integer> emptySymbols = new HashSet<>();

    ProductionBuilder(Grammar grammar, Set<String> tokens, int longest, WorkBudget budget) {
        this.grammar = grammar;
        this.tokens = tokens;
        this.longest = longest;
        this.budget = budget;
    }

    Productions build(String start) {
        return DeepStack.call(ExpressionDepth.of(grammar), () -> built(start));
    }

    private Productions built(String start) {
        for (boolean grows = true; grows; ) {
            grows = false;
            for (Map.Entry<String, Expression> rule : grammar.rules().entrySet()) {
                grows |= !emptyRules.contains(rule.getKey())
                        && mayBeEmpty(rule.getValue())
                        && emptyRules.add(rule.getKey());
            }
        }
        rules.put(start, add(start));
        for (String rule : grammar.rules().keySet()) {
            if (!rule.equals(start)) {
                rules.put(rule, add(rule));
            }
        }
        grammar.rules().forEach((name, body) -> define(rule(name), body));
        findEmptySymbols();
        while (!pending.isEmpty()) {
            pending.remove().run();
        }
        return new Productions(names, alternatives, terminals, budget);
    }

    private boolean mayBeEmpty(Expression expression) {
        budget.step();
        if (expression instanceof Expression.Sequence sequence) {
            return sequence.items().stream().allMatch(this::mayBeEmpty);
        } else if (expression instanceof Expression.Choice choice) {
            return choice.alternatives().stream().anyMatch(this::mayBeEmpty);
        } else if (expression instanceof Expression.Repeat repeat) {
            return repeat.min() == 0 || mayBeEmpty(repeat.item());
        } else if (expression instanceof Expression.Literal literal) {
            return literal.bytes().length() == 0;
        }
        return expression instanceof Expression.RuleReference reference && emptyRules.contains(reference.name());
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

    private void put(int symbol, int... row) {
        budget.allocate(16 + 4L * row.length);
        alternatives.get(symbol).add(row);
    }

    private void define(int symbol, Expression body) {
        if (body instanceof Expression.Choice choice) {
            choice.alternatives().forEach(each -> put(symbol, symbols(each)));
        } else {
            put(symbol, symbols(body));
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
        } else if (expression instanceof Expression.Literal literal
                && (tokens.isEmpty() || literal.bytes().length() == 0)) {
            text(literal).codePoints().forEach(c -> row.add(terminal(Terminal.of(CodePoints.of(c)))));
        } else if (expression instanceof Expression.CharacterClass members
                && (tokens.isEmpty() || members.members().isEmpty())) {
            row.add(terminal(Terminal.of(members.members())));
        } else if (expression instanceof Expression.RuleReference reference) {
            row.add(symbol(reference.name()));
        } else if (expression instanceof Expression.Choice) {
            row.add(part(expression));
        } else if (expression instanceof Expression.Repeat repeat) {
            repeat(repeat, row);
        } else {
            throw refused(expression);
        }
    }

    /** A rule or a token. What is neither is a token that is skipped, and no part of a sentence. */
    private int symbol(String name) {
        if (tokens.contains(name)) {
            return terminal(Terminal.of(name));
        }
        return grammar.rules().containsKey(name) ? rule(name) : terminal(Terminal.of(CodePoints.NONE));
    }

    private int part(Expression expression) {
        int part = add("");
        define(part, expression);
        return part;
    }

    private static UnsupportedFeatureException refused(Expression expression) {
        String what = expression instanceof Expression.SpecialToken token
                ? "the special token " + (token.name().isEmpty() ? "<[" + token.id() + "]>" : token.name())
                : expression instanceof Expression.External external
                        ? "\"" + external.name() + "\", which stands for a frame"
                        : expression instanceof Expression.Look
                                ? "what a parser goes on with where it might end"
                                : "a " + expression.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        return new UnsupportedFeatureException(
                expression.getClass().getSimpleName(),
                "trees and sentences are for rules of characters or tokens, sequences, choices and repetitions, not for "
                        + what,
                Place.UNKNOWN);
    }

    private static String text(Expression.Literal literal) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(literal.bytes().toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnsupportedFeatureException(
                    "bytes",
                    "trees and sentences are of characters, and a literal has bytes that are none",
                    Place.UNKNOWN);
        }
    }

    private int terminal(Terminal terminal) {
        return -1
                - numbers.computeIfAbsent(terminal, none -> {
                    terminals.add(terminal);
                    return terminals.size() - 1;
                });
    }

    private void repeat(Expression.Repeat repeat, List<Integer> row) {
        int item = part(repeat.item());
        boolean isUnbounded = repeat.max() == Expression.UNBOUNDED || repeat.max() > longest;
        if (mayBeEmpty(repeat.item())) {
            row.add(withEmptyLast(item, repeat, isUnbounded));
            return;
        }
        int min = Math.min(repeat.min(), longest + 1);
        for (int i = 0; i < min; i++) {
            budget.step();
            row.add(item);
        }
        row.add(rest(item, isUnbounded ? -1 : repeat.max() - min));
    }

    /** Up to so many items more, or any number if it is below 0. */
    private int rest(int item, int most) {
        int rest = add("");
        put(rest);
        if (most < 0) {
            put(rest, rest, item);
            return rest;
        }
        for (int i = 0; i < most; i++) {
            int more = add("");
            put(more);
            put(more, item, rest);
            rest = more;
        }
        return rest;
    }

    /** A repetition of an item that may be empty: first those that are not, then empty ones up to the least number. */
    private int withEmptyLast(int item, Expression.Repeat repeat, boolean isUnbounded) {
        int full = withoutEmpty(item);
        int[] fill = new int[repeat.min() + 1];
        fill[0] = add("");
        put(fill[0]);
        for (int i = 1; i < fill.length; i++) {
            fill[i] = add("");
            put(fill[i], onlyEmpty(item), fill[i - 1]);
        }
        int max = isUnbounded ? longest : repeat.max();
        int rest = repeat.min() > max ? -1 : rest(full, isUnbounded ? -1 : max - repeat.min());
        for (int read = Math.min(max + 1, repeat.min()) - 1; read >= 0; read--) {
            int more = add("");
            put(more, fill[repeat.min() - read]);
            if (rest >= 0) {
                put(more, full, rest);
            }
            rest = more;
        }
        return rest;
    }

    /** A symbol with all texts of another that are not empty. */
    private int withoutEmpty(int symbol) {
        return withoutEmpty.computeIfAbsent(symbol, none -> {
            int variant = add(names.get(symbol));
            pending.add(() -> alternatives(symbol).forEach(row -> defineWithoutEmpty(variant, row)));
            return variant;
        });
    }

    private List<int[]> alternatives(int symbol) {
        return List.copyOf(alternatives.get(symbol));
    }

    /** By the first part that is not empty. */
    private void defineWithoutEmpty(int variant, int[] row) {
        for (int i = 0; i < row.length && isEmpty(row, i); i++) {
            int[] full = row.clone();
            for (int before = 0; before < i; before++) {
                full[before] = onlyEmpty(row[before]);
            }
            if (mayBeEmpty(row[i])) {
                full[i] = withoutEmpty(row[i]);
            }
            if (!emptyVariants.contains(row[i])) {
                put(variant, full);
            }
        }
    }

    /** A symbol with the empty text of another, in all ways in which that is derived. */
    private int onlyEmpty(int symbol) {
        if (emptyVariants.contains(symbol)) {
            return symbol;
        }
        return onlyEmpty.computeIfAbsent(symbol, none -> {
            int variant = add(names.get(symbol));
            emptyVariants.add(variant);
            pending.add(() -> alternatives(symbol).stream()
                    .filter(row -> isEmpty(row, row.length))
                    .forEach(row ->
                            put(variant, Arrays.stream(row).map(this::onlyEmpty).toArray())));
            return variant;
        });
    }

    private void findEmptySymbols() {
        for (boolean grows = true; grows; ) {
            grows = false;
            for (int symbol = names.size() - 1; symbol >= 0; symbol--) {
                grows |= !emptySymbols.contains(symbol)
                        && alternatives.get(symbol).stream().anyMatch(row -> isEmpty(row, row.length))
                        && emptySymbols.add(symbol);
            }
        }
    }

    private boolean isEmpty(int[] row, int to) {
        for (int i = 0; i < to; i++) {
            budget.step();
            if (!mayBeEmpty(row[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean mayBeEmpty(int symbol) {
        return emptySymbols.contains(symbol) || emptyVariants.contains(symbol);
    }
}
