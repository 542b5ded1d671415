// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The states of a shift-reduce parser with one token of look-ahead: LALR(1), in which states of the same items are one, or canonical LR(1), in which they are told apart by
 * what may follow. In a canonical one, a state accepts exactly the tokens that can come. (Knuth 1965; DeRemer and Pennello 1982.)
 */
final class LrAutomaton {

    /** What comes next at the end of a text. */
    static final String END = "the end of the text";

    /** The rule that is read once, for the whole text. */
    static final String GOAL = "";

    private final Map<String, List<List<String>>> rules;
    private final boolean isCanonical;
    private final WorkBudget budget;
    private final List<String> terminals = new ArrayList<>();
    private final Map<String, Integer> terminalNumbers = new HashMap<>();
    private final Set<String> nullable = new LinkedHashSet<>();
    private final Map<String, BitSet> first = new HashMap<>();
    private final List<Map<Item, BitSet>> kernels = new ArrayList<>();
    private final List<Map<String, Integer>> transitions = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final Map<Integer, Map<String, Set<Reduction>>> reductions = new HashMap<>();

    /** A production and a place in it. */
    private record Item(String rule, List<String> body, int dot) {

        boolean isComplete() {
            return dot == body.size();
        }

        String next() {
            return body.get(dot);
        }
    }

    /**
     * The automaton of some rules; state 0 is the first.
     *
     * @param rules alternatives by name; symbols without rules are terminals
     */
    LrAutomaton(Map<String, List<List<String>>> rules, String start, boolean isCanonical, WorkBudget budget) {
        this.rules = new LinkedHashMap<>(rules);
        this.rules.put(GOAL, List.of(List.of(start)));
        this.isCanonical = isCanonical;
        this.budget = budget;
        terminals.add(END);
        rules.values().stream()
                .flatMap(List::stream)
                .flatMap(List::stream)
                .filter(symbol -> !rules.containsKey(symbol))
                .forEach(symbol -> {
                    if (terminalNumbers.putIfAbsent(symbol, terminals.size()) == null) {
                        terminals.add(symbol);
                    }
                });
        findFirst();
        BitSet end = new BitSet();
        end.set(0);
        Deque<Integer> waiting = new ArrayDeque<>();
        int unused = state(new HashMap<>(Map.of(new Item(GOAL, List.of(start), 0), end)), waiting);
        while (!waiting.isEmpty()) {
            expand(waiting.remove(), waiting);
        }
    }

    private void findFirst() {
        rules.keySet().forEach(name -> first.put(name, new BitSet()));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Map.Entry<String, List<List<String>>> rule : rules.entrySet()) {
                for (List<String> body : rule.getValue()) {
                    budget.step();
                    BitSet known = Objects.requireNonNull(first.get(rule.getKey()));
                    int before = known.cardinality();
                    boolean empty = addFirst(body, 0, known);
                    changed |= known.cardinality() > before || (empty && nullable.add(rule.getKey()));
                }
            }
        }
    }

    /** Adds the terminals that symbols from a place on may begin with; whether they may be empty. */
    private boolean addFirst(List<String> body, int from, BitSet result) {
        for (int i = from; i < body.size(); i++) {
            Integer terminal = terminalNumbers.get(body.get(i));
            if (terminal != null) {
                result.set(terminal);
                return false;
            }
            result.or(first.get(body.get(i)));
            if (!nullable.contains(body.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The state of a kernel; one with more look-ahead than before waits again. */
    private int state(Map<Item, BitSet> kernel, Deque<Integer> waiting) {
        Object key = isCanonical ? kernel : Set.copyOf(kernel.keySet());
        Integer known = numbers.get(key);
        if (known == null) {
            budget.addStates(1);
            known = kernels.size();
            numbers.put(key, known);
            kernels.add(kernel);
            transitions.add(new LinkedHashMap<>());
            waiting.add(known);
        } else {
            Map<Item, BitSet> old = kernels.get(known);
            boolean grows = false;
            for (Map.Entry<Item, BitSet> entry : kernel.entrySet()) {
                BitSet set = Objects.requireNonNull(old.get(entry.getKey()));
                int before = set.cardinality();
                set.or(entry.getValue());
                grows |= set.cardinality() > before;
            }
            if (grows && !waiting.contains(known)) {
                waiting.add(known);
            }
        }
        return known;
    }

    private Map<Item, BitSet> closure(int state) {
        Map<Item, BitSet> closure = new LinkedHashMap<>();
        kernels.get(state).forEach((item, set) -> closure.put(item, (BitSet) set.clone()));
        Deque<Item> waiting = new ArrayDeque<>(closure.keySet());
        while (!waiting.isEmpty()) {
            budget.step();
            Item item = waiting.remove();
            if (item.isComplete() || !rules.containsKey(item.next())) {
                continue;
            }
            BitSet follow = new BitSet();
            if (addFirst(item.body, item.dot + 1, follow)) {
                follow.or(closure.get(item));
            }
            for (List<String> body : rules.get(item.next())) {
                Item added = new Item(item.next(), body, 0);
                boolean isNew = !closure.containsKey(added);
                BitSet set = closure.computeIfAbsent(added, none -> new BitSet());
                int before = set.cardinality();
                set.or(follow);
                if ((isNew || set.cardinality() > before) && !waiting.contains(added)) {
                    waiting.add(added);
                }
            }
        }
        return closure;
    }

    private void expand(int state, Deque<Integer> waiting) {
        Map<String, Map<Item, BitSet>> targets = new LinkedHashMap<>();
        closure(state).forEach((item, set) -> {
            if (!item.isComplete()) {
                Item moved = new Item(item.rule, item.body, item.dot + 1);
                targets.computeIfAbsent(item.next(), none -> new HashMap<>()).put(moved, (BitSet) set.clone());
            }
        });
        targets.forEach((symbol, kernel) -> transitions.get(state).put(symbol, state(kernel, waiting)));
    }

    /** The number of states. */
    int states() {
        return kernels.size();
    }

    /** The state behind a symbol. */
    int next(int state, String symbol) {
        return Objects.requireNonNull(transitions.get(state).get(symbol));
    }

    /** The names of the terminals that a state shifts. */
    Set<String> shifts(int state) {
        Set<String> names = new LinkedHashSet<>(transitions.get(state).keySet());
        names.removeAll(rules.keySet());
        return names;
    }

    /** The names of the terminals that a state shifts, or reduces something at. */
    Set<String> accepts(int state) {
        Set<String> names = new LinkedHashSet<>();
        closure(state).forEach((item, set) -> {
            if (item.isComplete()) {
                set.stream().filter(number -> number > 0).forEach(number -> names.add(terminals.get(number)));
            } else if (!rules.containsKey(item.next())) {
                names.add(item.next());
            }
        });
        return names;
    }

    /**
     * A place where the parser would not know what to do.
     *
     * @param rules the rules it might have read
     * @param terminal what comes next
     * @param mayBeEmpty whether what it has read of one of them may be nothing
     */
    record Conflict(Set<String> rules, String terminal, boolean isBetweenRules, boolean mayBeEmpty) {}

    /** A production that has been read. */
    record Reduction(String rule, List<String> body) {}

    /** What a state may reduce, by the terminal that comes next. */
    Map<String, Set<Reduction>> reductions(int state) {
        return reductions.computeIfAbsent(state, none -> {
            Map<String, Set<Reduction>> all = new LinkedHashMap<>();
            closure(state).forEach((item, set) -> {
                if (item.isComplete()) {
                    Reduction reduction = new Reduction(item.rule, item.body);
                    set.stream()
                            .forEach(number -> all.computeIfAbsent(
                                            terminals.get(number), unknown -> new LinkedHashSet<>())
                                    .add(reduction));
                }
            });
            return all;
        });
    }

    /** The terminals with which a state might reduce a production, and shifts instead. */
    Set<String> shiftedInstead(int state, String rule, List<String> body) {
        Reduction reduction = new Reduction(rule, body);
        Set<String> names = new TreeSet<>();
        reductions(state).forEach((terminal, all) -> {
            if (all.contains(reduction) && transitions.get(state).containsKey(terminal)) {
                names.add(terminal);
            }
        });
        return names;
    }

    /** A conflict that matters, if there is one. */
    Optional<Conflict> conflict(Predicate<Conflict> matters) {
        for (int state = 0; state < kernels.size(); state++) {
            for (Map.Entry<String, Set<Reduction>> entry : reductions(state).entrySet()) {
                boolean shifts = transitions.get(state).containsKey(entry.getKey());
                if (entry.getValue().size() > 1 || shifts) {
                    Set<String> names = new LinkedHashSet<>();
                    entry.getValue().forEach(reduction -> names.add(reduction.rule));
                    boolean mayBeEmpty =
                            entry.getValue().stream().anyMatch(reduction -> addFirst(reduction.body, 0, new BitSet()));
                    Conflict conflict =
                            new Conflict(names, entry.getKey(), entry.getValue().size() > 1, mayBeEmpty);
                    if (matters.test(conflict)) {
                        return Optional.of(conflict);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
