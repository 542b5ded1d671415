// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.counting.CountingAutomaton;
import dev.espalier.automata.nfa.Callee;
import dev.espalier.automata.nfa.LiteralTree;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.automata.nfa.Utf8Fragment;
import dev.espalier.automata.state.State;
import dev.espalier.core.ByteString;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thompson's construction: expressions become fragments of one {@link Nfa}. Its edges call what is not written out: rules that
 * recurse or are large, regular parts that count far, other counters, permutations, external frames.
 */
final class ExpressionCompiler {

    private final RuleTable rules;
    private final Map<String, State> externals;
    private final WorkBudget budget;
    private final Nfa nfa;
    private final List<Callee> callees = new ArrayList<>();
    private final List<Expression.TokenTerminal> specialTokens = new ArrayList<>();
    private final Map<String, Integer> ruleCallees = new HashMap<>();
    private final Map<Expression, Integer> bodyCallees = new IdentityHashMap<>();
    /** Start and accepting state of each rule callee, in turn; -1 for other callees. */
    private final List<int[]> ends = new ArrayList<>();
    /** Parts that are graphs of their own, which count; null where there are none. */
    private final @Nullable CountedParts counted;

    /** The counters of a graph that counts; null where repetitions are written out or called. */
    private final @Nullable List<CountingAutomaton.Bounds> bounds;

    /**
     * Compiles a grammar.
     *
     * @param regular whether everything should become one automaton without calls, as far as limits allow
     */
    ExpressionCompiler(Grammar grammar, Map<String, State> externals, boolean regular, WorkBudget budget) {
        this(new RuleTable(grammar, regular, budget), grammar.root(), externals, regular, budget);
    }

    /** Compiles the rules of a table. */
    ExpressionCompiler(RuleTable rules, String root, Map<String, State> externals, boolean regular, WorkBudget budget) {
        this.rules = rules;
        this.externals = externals;
        this.budget = budget;
        this.nfa = new Nfa(budget);
        this.bounds = null;
        this.counted = regular ? null : new CountedParts(rules, budget);
        ruleCallee(root);
        for (int next = 0; next < callees.size(); next++) {
            if (callees.get(next) instanceof Callee.Rule rule) {
                int start = nfa.addState();
                int accept = nfa.addState();
                ends.set(next, new int[] {start, accept});
                add(rule.body(), start, accept);
            }
        }
    }

    /** One graph that counts, of an expression that {@linkplain CountedParts is} to be counted. */
    ExpressionCompiler(RuleTable rules, WorkBudget budget) {
        this.rules = rules;
        this.externals = Map.of();
        this.budget = budget;
        this.nfa = new Nfa(budget);
        this.bounds = new ArrayList<>();
        this.counted = null;
    }

    /** What was compiled. */
    RuleGraph graph() {
        return new RuleGraph(nfa, callees, ends);
    }

    List<Expression.TokenTerminal> specialTokens() {
        return specialTokens;
    }

    boolean mayBeEmpty(Expression expression) {
        return rules.mayBeEmpty(expression);
    }

    private int addCallee(Callee callee) {
        callees.add(callee);
        ends.add(new int[] {-1, -1});
        return callees.size() - 1;
    }

    private int ruleCallee(String name) {
        Integer known = ruleCallees.get(name);
        if (known == null) {
            known = addCallee(new Callee.Rule(name, rules.body(name), rules.mark(name)));
            ruleCallees.put(name, known);
        }
        return known;
    }

    private int bodyCallee(Expression body) {
        if (body instanceof Expression.RuleReference reference) {
            return ruleCallee(reference.name());
        }
        Integer known = bodyCallees.get(body);
        if (known == null) {
            known = addCallee(new Callee.Rule("", body));
            bodyCallees.put(body, known);
        }
        return known;
    }

    /** Connects two states by all texts of an expression. Never adds an edge into {@code from} or out of {@code to}. */
    private void add(Expression expression, int from, int to) {
        budget.step();
        if (counted != null && counted.contains(expression)) {
            addCounting(expression, from, to);
        } else if (expression instanceof Expression.Literal literal) {
            addLiteral(literal, from, to);
        } else if (expression instanceof Expression.CharacterClass set) {
            Utf8Fragment.add(nfa, from, to, set.members());
        } else if (expression instanceof Expression.Sequence sequence) {
            addSequence(sequence.items(), from, to);
        } else if (expression instanceof Expression.Choice choice) {
            addChoice(choice.alternatives(), from, to);
        } else if (expression instanceof Expression.Repeat repeat) {
            addRepeat(repeat, from, to);
        } else if (expression instanceof Expression.RuleReference reference) {
            addRule(reference, from, to);
        } else if (expression instanceof Expression.TokenTerminal token) {
            int symbol = State.SPECIAL + specialToken(token);
            nfa.addRange(from, symbol, symbol, to);
        } else if (expression instanceof Expression.Permutation permutation) {
            addPermutation(permutation, from, to);
        } else if (expression instanceof Expression.External external) {
            addExternal(external, from, to);
        } else if (expression instanceof Expression.FreeText free) {
            int[] stops = FreeTextBuilder.add(free, nfa, from, to, budget);
            for (int i = 0; i < stops.length; i++) {
                add(free.stops().get(i).then(), stops[i], to);
            }
        } else if (!addWithoutEmpty(expression, from, to)) {
            RegularProduct.add(expression, rules, nfa, from, to, budget);
        }
    }

    /**
     * Connects two states by the texts of an expression without the empty one, {@code x* - ""}, where this takes no product and so need not
     * be regular; false if it is none such.
     */
    private boolean addWithoutEmpty(Expression expression, int from, int to) {
        if (!(expression instanceof Expression.Difference difference)
                || !difference.right().equals(Expression.EMPTY)) {
            return false;
        }
        Expression left = difference.left();
        if (left instanceof Expression.Repeat repeat && repeat.min() == 0 && repeat.max() != 0) {
            left = new Expression.Repeat(repeat.item(), 1, repeat.max());
        }
        if (rules.mayBeEmpty(left)) {
            return false;
        }
        add(left, from, to);
        return true;
    }

    private void addLiteral(Expression.Literal literal, int from, int to) {
        int length = literal.bytes().length();
        int state = from;
        for (int i = 0; i < length; i++) {
            int next = i == length - 1 ? to : nfa.addState();
            int value = literal.bytes().at(i);
            nfa.addRange(state, value, value, next);
            state = next;
        }
        if (length == 0) {
            nfa.addEmpty(from, to);
        }
    }

    private void addSequence(List<Expression> items, int from, int to) {
        if (items.isEmpty()) {
            nfa.addEmpty(from, to);
        }
        int state = from;
        for (int i = 0; i < items.size(); i++) {
            int next = i == items.size() - 1 ? to : nfa.addState();
            add(items.get(i), state, next);
            state = next;
        }
    }

    private void addChoice(List<Expression> alternatives, int from, int to) {
        List<ByteString> literals = new ArrayList<>();
        for (Expression alternative : alternatives) {
            if (alternative instanceof Expression.Literal literal) {
                literals.add(literal.bytes());
            } else {
                add(alternative, from, to);
            }
        }
        LiteralTree.add(nfa, from, to, literals, budget);
    }

    private void addRule(Expression.RuleReference reference, int from, int to) {
        if (bounds != null || rules.isInlined(reference.name())) {
            add(rules.body(reference.name()), from, to);
            return;
        }
        nfa.addCall(from, ruleCallee(reference.name()), to);
        if (rules.mayBeEmpty(reference)) {
            nfa.addEmpty(from, to);
        }
    }

    private void addRepeat(Expression.Repeat repeat, int from, int to) {
        Expression item = repeat.item();
        int min = rules.mayBeEmpty(item) ? 0 : repeat.min();
        int max = repeat.max();
        if (max == 0) {
            nfa.addEmpty(from, to);
            return;
        }
        boolean bounded = max != Expression.UNBOUNDED;
        int copies = bounded ? max : min;
        if (copies > 1 && bounds != null) {
            addCounter(item, min, bounded ? max : CountingAutomaton.UNLIMITED, bounds, from, to);
            return;
        }
        if (copies > 1 && !rules.areWrittenOut(copies, item)) {
            nfa.addCall(from, addCallee(new Callee.Counter(bodyCallee(item), min, max)), to);
            if (min == 0) {
                nfa.addEmpty(from, to);
            }
            return;
        }
        if (bounded) {
            addCopies(item, min, max, from, to);
            return;
        }
        int loop = nfa.addState();
        addCopies(item, Math.max(0, min - 1), Math.max(0, min - 1), from, loop);
        if (min == 0) {
            add(item, loop, loop);
            nfa.addEmpty(loop, to);
        } else {
            int again = nfa.addState();
            add(item, loop, again);
            nfa.addEmpty(again, loop);
            nfa.addEmpty(again, to);
        }
    }

    /** Writes an item once, to be repeated. */
    private void addCounter(
            Expression item, int min, int max, List<CountingAutomaton.Bounds> counters, int from, int to) {
        int counter = counters.size();
        counters.add(new CountingAutomaton.Bounds(min, max));
        int first = nfa.addState();
        int last = nfa.addState();
        nfa.addCount(from, Nfa.ENTER, counter, first);
        add(item, first, last);
        nfa.addCount(last, Nfa.AGAIN, counter, first);
        nfa.addCount(last, Nfa.LEAVE, counter, to);
        if (min == 0) {
            nfa.addEmpty(from, to);
        }
    }

    /** Calls what counts as a frame of its own. */
    private void addCounting(Expression expression, int from, int to) {
        State start = new ExpressionCompiler(rules, budget).counting(expression).start();
        nfa.addCall(from, addCallee(new Callee.Frame(start)), to);
        if (rules.mayBeEmpty(expression)) {
            nfa.addEmpty(from, to);
        }
    }

    /** The automaton of a regular expression, all of whose bounded repetitions it counts. */
    CountingAutomaton counting(Expression expression) {
        int start = nfa.addState();
        int accept = nfa.addState();
        add(expression, start, accept);
        return new CountingBuilder(nfa, start, accept, Objects.requireNonNull(bounds), budget).build();
    }

    /** Writes an item {@code max} times; after {@code min} times it may stop. */
    private void addCopies(Expression item, int min, int max, int from, int to) {
        int state = from;
        for (int i = 0; i < max; i++) {
            if (i >= min) {
                nfa.addEmpty(state, to);
            }
            int next = i == max - 1 ? to : nfa.addState();
            add(item, state, next);
            state = next;
        }
        if (max == 0) {
            nfa.addEmpty(from, to);
        }
    }

    private int specialToken(Expression.TokenTerminal token) {
        int known = specialTokens.indexOf(token);
        if (known < 0) {
            specialTokens.add(token);
            return specialTokens.size() - 1;
        }
        return known;
    }

    private void addPermutation(Expression.Permutation permutation, int from, int to) {
        List<Callee.Permutation.Item> items = new ArrayList<>();
        for (Expression.Permutation.Item item : permutation.items()) {
            if (rules.mayBeEmpty(item.expression())) {
                throw new UnsupportedFeatureException(
                        "Permutation",
                        "an item of a permutation may be empty; make the item non-empty and its minimum 0",
                        Place.UNKNOWN);
            }
            items.add(new Callee.Permutation.Item(bodyCallee(item.expression()), item.min(), item.max()));
        }
        boolean separatorMayBeEmpty = rules.mayBeEmpty(permutation.separator());
        boolean noSeparator = permutation.separator().equals(Expression.EMPTY);
        int separator = noSeparator ? -1 : bodyCallee(permutation.separator());
        Callee callee = new Callee.Permutation(
                items, separator, separatorMayBeEmpty, permutation.minTotal(), permutation.maxTotal());
        nfa.addCall(from, addCallee(callee), to);
        if (rules.mayBeEmpty(permutation)) {
            nfa.addEmpty(from, to);
        }
    }

    private void addExternal(Expression.External external, int from, int to) {
        State start = externals.get(external.name());
        if (start == null) {
            throw new ReferenceException(
                    "no frame called \"" + external.name() + "\" was supplied beside the grammar", Place.UNKNOWN);
        }
        nfa.addCall(from, addCallee(new Callee.Frame(start)), to);
    }
}
