// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * A lexer that looks only for the terminals that a parser's state accepts, without the parser: as modes.
 *
 * <p>Sets of terminals that states accept become one mode where nothing in one of them could change what the lexer makes of the others. With one mode, rules stay as they
 * are. Otherwise a rule is written once for each state before it, so that it is known to which state each of its terminals leads; rules that do the same are one again.
 */
final class LexerContexts {

    private final LrAutomaton parser;
    private final Map<String, List<List<String>>> rules;
    private final WorkBudget budget;
    private final List<Set<String>> modes = new ArrayList<>();
    private final List<List<Set<String>>> merged = new ArrayList<>();
    private final int[] modeOf;

    /** A rule behind a state. */
    private record Place(int state, String rule) {}

    /** Terminals that may not come next, since the parser would have gone on with them. */
    private record Instead(Set<String> terminals) {}

    /**
     * The contexts of a parser.
     *
     * @param disturbs whether the first terminal, where it is not accepted, could change what becomes of a text of the second, which is
     * @param mayMerge whether two sets may become one in any case
     * @param always terminals that are looked for in a state, too, besides those that it accepts
     */
    LexerContexts(
            LrAutomaton parser,
            Map<String, List<List<String>>> rules,
            BiPredicate<String, String> disturbs,
            BiPredicate<Set<String>, Set<String>> mayMerge,
            BiFunction<Integer, Set<String>, Set<String>> always,
            WorkBudget budget) {
        this.parser = parser;
        this.rules = rules;
        this.budget = budget;
        Map<Set<String>, Integer> modeOfSet = new HashMap<>();
        List<Set<String>> sets = IntStream.range(0, parser.states())
                .mapToObj(state -> {
                    Set<String> set = new TreeSet<>(parser.accepts(state));
                    set.addAll(always.apply(state, set));
                    return (Set<String>) set;
                })
                .toList();
        sets.stream()
                .distinct()
                .sorted(Comparator.<Set<String>>comparingInt(set -> -set.size()).thenComparing(Object::toString))
                .forEach(set -> modeOfSet.put(set, place(set, disturbs, mayMerge)));
        modeOf = sets.stream().mapToInt(modeOfSet::get).toArray();
        int beginning = modeOf[0];
        Collections.swap(modes, 0, beginning);
        for (int state = 0; state < modeOf.length; state++) {
            modeOf[state] = modeOf[state] == 0 ? beginning : modeOf[state] == beginning ? 0 : modeOf[state];
        }
    }

    /** The mode of a set: the first that it fits in, or a new one. */
    private int place(
            Set<String> set, BiPredicate<String, String> disturbs, BiPredicate<Set<String>, Set<String>> mayMerge) {
        for (int mode = 0; mode < modes.size(); mode++) {
            Set<String> known = modes.get(mode);
            boolean fits = mayMerge.test(known, set)
                    && isUndisturbed(set, known, disturbs)
                    && merged.get(mode).stream().allMatch(part -> isUndisturbed(part, set, disturbs));
            if (fits) {
                known.addAll(set);
                merged.get(mode).add(set);
                return mode;
            }
        }
        modes.add(new LinkedHashSet<>(set));
        merged.add(new ArrayList<>(List.of(set)));
        return modes.size() - 1;
    }

    private boolean isUndisturbed(Set<String> accepted, Set<String> others, BiPredicate<String, String> disturbs) {
        for (String other : others) {
            budget.spendSteps(1);
            if (!accepted.contains(other)) {
                budget.spendSteps(2 * accepted.size());
                if (accepted.stream().anyMatch(name -> disturbs.test(other, name))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** What the lexer looks for, by mode; at the beginning it is in the first. */
    List<Set<String>> modes() {
        return modes;
    }

    /** The modes that each terminal may lead to. */
    Map<String, Set<Integer>> behind() {
        Map<String, Set<Integer>> behind = new HashMap<>();
        for (int state = 0; state < modeOf.length; state++) {
            int from = state;
            parser.shifts(from)
                    .forEach(name -> behind.computeIfAbsent(name, none -> new LinkedHashSet<>())
                            .add(modeOf[parser.next(from, name)]));
        }
        return behind;
    }

    /** The rules, whose terminals are named with the mode behind them. */
    Grammar grammar(String start) {
        Map<Place, List<List<Object>>> bodies = bodies(new Place(0, start));
        Map<Place, Integer> classes = classes(bodies);
        Map<String, Expression> result = new LinkedHashMap<>();
        bodies.forEach((place, alternatives) -> result.computeIfAbsent(
                name(place, classes),
                none -> new Expression.Choice(alternatives.stream()
                        .map(body -> sequence(body, classes))
                        .toList())));
        return new Grammar(name(new Place(0, start), classes), result);
    }

    /** The name of a terminal that leads to a mode. */
    static String name(String terminal, int mode) {
        return terminal + "@" + mode;
    }

    private static String name(Place place, Map<Place, Integer> classes) {
        return place.rule + "#" + classes.get(place);
    }

    private static Expression sequence(List<Object> body, Map<Place, Integer> classes) {
        return new Sequence(body.stream()
                .map(part -> part instanceof Instead instead
                        ? notNext(instead)
                        : new RuleReference(part instanceof Place place ? name(place, classes) : (String) part))
                .toList());
    }

    private static Expression notNext(Instead instead) {
        return new Expression.Look(
                false,
                true,
                new Expression.Choice(instead.terminals.stream()
                        .map(name -> (Expression) new RuleReference(name))
                        .toList()));
    }

    private Map<Place, List<List<Object>>> bodies(Place start) {
        Map<String, Set<Integer>> behind = behind();
        Map<Place, List<List<Object>>> bodies = new LinkedHashMap<>();
        Deque<Place> waiting = new ArrayDeque<>(List.of(start));
        while (!waiting.isEmpty()) {
            Place place = waiting.remove();
            if (bodies.containsKey(place)) {
                continue;
            }
            budget.addStates(1);
            List<List<Object>> alternatives = new ArrayList<>();
            for (List<String> body : Objects.requireNonNull(rules.get(place.rule))) {
                List<Object> parts = new ArrayList<>();
                int state = place.state;
                for (String symbol : body) {
                    int next = parser.next(state, symbol);
                    if (rules.containsKey(symbol)) {
                        Place called = new Place(state, symbol);
                        parts.add(called);
                        waiting.add(called);
                    } else {
                        parts.add(name(symbol, modeOf[next]));
                    }
                    state = next;
                }
                Set<String> instead = new TreeSet<>();
                for (String terminal : parser.shiftedInstead(state, place.rule, body)) {
                    Objects.requireNonNull(behind.get(terminal)).forEach(mode -> instead.add(name(terminal, mode)));
                }
                if (!instead.isEmpty()) {
                    parts.add(new Instead(instead));
                }
                alternatives.add(parts);
            }
            bodies.put(place, alternatives);
        }
        return bodies;
    }

    /** Rules that are the same but for names of rules that are the same, by refinement. */
    private static Map<Place, Integer> classes(Map<Place, List<List<Object>>> bodies) {
        Map<Place, Integer> classes = new HashMap<>();
        bodies.keySet().forEach(place -> classes.put(place, 0));
        int count = 0;
        while (true) {
            Map<List<Object>, Integer> keys = new HashMap<>();
            Map<Place, Integer> finer = new HashMap<>();
            bodies.forEach((place, alternatives) -> {
                List<Object> key = new ArrayList<>(List.of(place.rule));
                alternatives.forEach(body -> key.add(body.stream()
                        .map(part -> part instanceof Place called ? List.of(called.rule, classes.get(called)) : part)
                        .toList()));
                finer.put(place, keys.computeIfAbsent(key, none -> keys.size()));
            });
            classes.putAll(finer);
            if (keys.size() == count) {
                return classes;
            }
            count = keys.size();
        }
    }
}
