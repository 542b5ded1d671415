// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.lark.LarkFile.Definition;
import dev.espalier.grammar.lark.LarkNode.Name;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules without operators, as Lark writes them out before it makes its tables: {@code x*} and {@code x+} become left-recursive rules, everything else alternatives. Symbols
 * are names of rules and terminals.
 */
final class LarkBnf {

    private static final int MOST_ALTERNATIVES = 20_000;
    private static final int MOST_TIMES = 50;
    private static final int MOST_FACTOR = 5;

    private final LarkDefinitions definitions;
    private final Symbols terminals;
    private final WorkBudget budget;
    private final Map<String, List<List<String>>> rules = new LinkedHashMap<>();
    private final Map<Object, String> repeated = new HashMap<>();
    private final Deque<Name> waiting = new ArrayDeque<>();
    private final Set<String> met = new LinkedHashSet<>();
    private String current = "";

    /** The terminals that stand in rules. */
    interface Symbols {

        /** The name of a terminal, string or regular expression. */
        String name(LarkNode node);

        /** Whether a terminal may be left out. */
        boolean mayBeEmpty(String name);

        /** Whether a rule is read as one terminal. */
        boolean isTerminal(Name rule);
    }

    private LarkBnf(LarkDefinitions definitions, Symbols terminals, WorkBudget budget) {
        this.definitions = definitions;
        this.terminals = terminals;
        this.budget = budget;
    }

    /**
     * The rules that can be reached.
     *
     * @param start the start rule
     * @param terminals the terminals
     */
    static Map<String, List<List<String>>> of(
            LarkDefinitions definitions, Name start, Symbols terminals, WorkBudget budget) {
        LarkBnf bnf = new LarkBnf(definitions, terminals, budget);
        String unused = bnf.rule(start);
        while (!bnf.waiting.isEmpty()) {
            bnf.write(bnf.waiting.remove());
        }
        return bnf.rules;
    }

    /** The name of a rule, or of a template with its arguments, which is written later. */
    private String rule(Name name) {
        String instance = instance(name);
        if (met.add(instance)) {
            waiting.add(name);
        }
        return instance;
    }

    private String instance(Name name) {
        if (name.arguments().isEmpty()) {
            return name.name();
        }
        List<String> arguments = name.arguments().stream()
                .map(argument -> argument instanceof Name inner && !inner.isTerminal()
                        ? instance(inner)
                        : terminals.name(argument))
                .toList();
        return name.name() + "{" + String.join(",", arguments) + "}";
    }

    private void write(Name name) {
        Definition definition = definitions.get(name);
        if (definition.parameters().size() != name.arguments().size()) {
            throw name.spot()
                    .source()
                    .error(
                            "\"" + name.name() + "\" has "
                                    + definition.parameters().size() + " parameters",
                            name.spot().offset());
        }
        Map<String, LarkNode> given = new HashMap<>();
        for (int i = 0; i < name.arguments().size(); i++) {
            given.put(definition.parameters().get(i), name.arguments().get(i));
        }
        current = instance(name);
        if (met.size() > MOST_ALTERNATIVES) {
            throw tooMuch(name);
        }
        rules.put(current, List.copyOf(alternatives(replaced(definition.body(), given))));
    }

    private static UnsupportedFeatureException tooMuch(Name name) {
        return new UnsupportedFeatureException(
                name.name(),
                "\"" + name.name() + "\" becomes more than " + MOST_ALTERNATIVES + " alternatives or rules",
                LarkDefinitions.place(name.spot()));
    }

    /** A template's body with its parameters replaced. */
    private LarkNode replaced(LarkNode node, Map<String, LarkNode> given) {
        if (given.isEmpty()) {
            return node;
        } else if (node instanceof LarkNode.Sequence sequence) {
            return new LarkNode.Sequence(
                    sequence.items().stream().map(item -> replaced(item, given)).toList());
        } else if (node instanceof LarkNode.Choice choice) {
            return new LarkNode.Choice(choice.alternatives().stream()
                    .map(item -> replaced(item, given))
                    .toList());
        } else if (node instanceof LarkNode.Repeat repeat) {
            return new LarkNode.Repeat(replaced(repeat.item(), given), repeat.min(), repeat.max(), repeat.operator());
        } else if (node instanceof LarkNode.Maybe maybe) {
            return new LarkNode.Maybe(replaced(maybe.item(), given));
        } else if (node instanceof Name name) {
            LarkNode own = given.get(name.name());
            List<LarkNode> arguments =
                    name.arguments().stream().map(item -> replaced(item, given)).toList();
            return own == null
                    ? new Name(name.name(), arguments, name.spot())
                    : own instanceof Name other && !arguments.isEmpty()
                            ? new Name(other.name(), arguments, name.spot())
                            : own;
        }
        return node;
    }

    /** The alternatives of what stands in a rule; each once. */
    private Set<List<String>> alternatives(LarkNode node) {
        budget.step();
        if (node instanceof LarkNode.Choice choice) {
            Set<List<String>> all = new LinkedHashSet<>();
            choice.alternatives().forEach(item -> all.addAll(alternatives(item)));
            return all;
        } else if (node instanceof LarkNode.Sequence sequence) {
            Set<List<String>> all = Set.of(List.of());
            for (LarkNode item : sequence.items()) {
                all = product(all, alternatives(item));
            }
            return all;
        } else if (node instanceof LarkNode.Maybe maybe) {
            return orEmpty(alternatives(maybe.item()));
        } else if (node instanceof LarkNode.Repeat repeat) {
            return repeated(repeat);
        } else if (node instanceof Name name && !name.isTerminal() && !terminals.isTerminal(name)) {
            return Set.of(List.of(rule(name)));
        }
        String terminal = terminals.name(node);
        return terminals.mayBeEmpty(terminal) ? orEmpty(Set.of(List.of(terminal))) : Set.of(List.of(terminal));
    }

    private static Set<List<String>> orEmpty(Set<List<String>> alternatives) {
        Set<List<String>> all = new LinkedHashSet<>(alternatives);
        all.add(List.of());
        return all;
    }

    private Set<List<String>> product(Set<List<String>> first, Set<List<String>> second) {
        Set<List<String>> all = new LinkedHashSet<>();
        budget.addStates((long) first.size() * second.size() > MOST_ALTERNATIVES ? Integer.MAX_VALUE : 0);
        for (List<String> left : first) {
            for (List<String> right : second) {
                List<String> both = new ArrayList<>(left);
                both.addAll(right);
                all.add(both);
            }
        }
        return all;
    }

    private Set<List<String>> repeated(LarkNode.Repeat repeat) {
        Set<List<String>> item = alternatives(repeat.item());
        if (repeat.operator() == '?') {
            return orEmpty(item);
        } else if (repeat.operator() == '*') {
            return orEmpty(Set.of(List.of(loop(item))));
        } else if (repeat.operator() == '+') {
            return Set.of(List.of(loop(item)));
        }
        return counted(item, repeat.min(), repeat.max());
    }

    /** A rule that repeats alternatives one or more times. */
    private String loop(Set<List<String>> item) {
        return repeated.computeIfAbsent(item, none -> {
            String name = "__" + current + "_" + repeated.size();
            List<List<String>> bodies = new ArrayList<>(item);
            item.forEach(body -> {
                List<String> more = new ArrayList<>(List.of(name));
                more.addAll(body);
                bodies.add(more);
            });
            rules.put(name, bodies);
            return name;
        });
    }

    private Set<List<String>> counted(Set<List<String>> item, int min, int max) {
        if (max == Expression.UNBOUNDED) {
            Set<List<String>> least = counted(item, min, min);
            return product(least, orEmpty(Set.of(List.of(loop(item)))));
        } else if (max >= MOST_TIMES) {
            return shared(item, min, max);
        }
        Set<List<String>> all = new LinkedHashSet<>();
        Set<List<String>> times = Set.of(List.of());
        for (int i = 0; i <= max; i++) {
            if (i >= min) {
                all.addAll(times);
            }
            times = i < max ? product(times, item) : times;
        }
        return all;
    }

    /**
     * Many repetitions, by rules for a few times what other rules repeat. What may be left out is told apart without looking further ahead: some of the larger rules, and
     * fewer than one more; or all of them, and some single items.
     */
    private Set<List<String>> shared(Set<List<String>> item, int min, int max) {
        Set<List<String>> least = item;
        for (int[] factor : factors(min)) {
            least = named("times", product(power(least, factor[0]), power(item, factor[1])));
        }
        if (min == max) {
            return least;
        }
        List<int[]> factors = factors(max - min + 1);
        Set<List<String>> unit = item;
        Set<List<String>> fewer = Set.of(List.of());
        for (int i = 0; i < factors.size(); i++) {
            int[] factor = factors.get(i);
            Set<List<String>> bodies = new LinkedHashSet<>();
            for (int times = 0; times < factor[0]; times++) {
                bodies.addAll(product(power(unit, times), fewer));
            }
            for (int times = 0; times < factor[1]; times++) {
                bodies.addAll(product(power(unit, factor[0]), power(item, times)));
            }
            fewer = named("fewer", bodies);
            boolean isLast = i == factors.size() - 1;
            unit = isLast ? unit : named("times", product(power(unit, factor[0]), power(item, factor[1])));
        }
        return product(least, fewer);
    }

    private Set<List<String>> power(Set<List<String>> item, int count) {
        Set<List<String>> all = Set.of(List.of());
        for (int i = 0; i < count; i++) {
            all = product(all, item);
        }
        return all;
    }

    private Set<List<String>> named(String kind, Set<List<String>> bodies) {
        String name = repeated.computeIfAbsent(List.of(kind, bodies), none -> {
            String rule = "__" + current + "_" + repeated.size();
            rules.put(rule, List.copyOf(bodies));
            return rule;
        });
        return Set.of(List.of(name));
    }

    /** A number as small factors and what is left over: {@code n = a * (…) + b}, the innermost first. */
    private static List<int[]> factors(int number) {
        if (number <= MOST_FACTOR) {
            return List.of(new int[] {number, 0});
        }
        for (int factor = MOST_FACTOR; factor > 1; factor--) {
            int rest = number % factor;
            if (factor + rest <= MOST_FACTOR) {
                List<int[]> all = new ArrayList<>(factors(number / factor));
                all.add(new int[] {factor, rest});
                return all;
            }
        }
        throw new IllegalStateException("no factors of " + number);
    }
}
