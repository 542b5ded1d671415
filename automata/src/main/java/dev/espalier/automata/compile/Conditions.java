// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Boolean functions of numbered variables as reduced ordered decision diagrams: equal functions are one number. Not thread-safe. Recurses with the variables of a function.
 *
 * <p>Source: Bryant, "Graph-based algorithms for Boolean function manipulation" (1986).
 */
final class Conditions {

    static final int FALSE = 0;
    static final int TRUE = 1;

    private final WorkBudget budget;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> numbers = new HashMap<>();
    private final Map<Chosen, Integer> chosen = new HashMap<>();

    /** A test of a variable, with the functions that it leads to. */
    private record Node(int variable, int no, int yes) {}

    private record Chosen(int test, int yes, int no) {}

    Conditions(WorkBudget budget) {
        this.budget = budget;
        nodes.add(new Node(Integer.MAX_VALUE, FALSE, FALSE));
        nodes.add(new Node(Integer.MAX_VALUE, TRUE, TRUE));
    }

    private int node(int variable, int no, int yes) {
        return no == yes
                ? no
                : numbers.computeIfAbsent(new Node(variable, no, yes), node -> {
                    budget.addStates(1);
                    nodes.add(node);
                    return nodes.size() - 1;
                });
    }

    /** The function that is the value of a variable. */
    int variable(int index) {
        return node(index, FALSE, TRUE);
    }

    int and(int left, int right) {
        return choose(left, right, FALSE);
    }

    int or(int left, int right) {
        return choose(left, TRUE, right);
    }

    int not(int condition) {
        return choose(condition, FALSE, TRUE);
    }

    private int choose(int test, int yes, int no) {
        if (test == TRUE || yes == no) {
            return yes;
        } else if (test == FALSE) {
            return no;
        } else if (yes == TRUE && no == FALSE) {
            return test;
        }
        Chosen key = new Chosen(test, yes, no);
        Integer known = chosen.get(key);
        if (known == null) {
            budget.step();
            int first = Math.min(nodes.get(test).variable, Math.min(nodes.get(yes).variable, nodes.get(no).variable));
            int without = choose(branch(test, first, false), branch(yes, first, false), branch(no, first, false));
            int with = choose(branch(test, first, true), branch(yes, first, true), branch(no, first, true));
            known = node(first, without, with);
            chosen.put(key, known);
        }
        return known;
    }

    private int branch(int condition, int variable, boolean value) {
        Node node = nodes.get(condition);
        return node.variable != variable ? condition : value ? node.yes : node.no;
    }

    /** A function of other functions: each variable is replaced. */
    int replaced(int condition, IntUnaryOperator by) {
        return replaced(condition, by, new HashMap<>());
    }

    private int replaced(int condition, IntUnaryOperator by, Map<Integer, Integer> done) {
        if (condition <= TRUE) {
            return condition;
        }
        Integer known = done.get(condition);
        if (known == null) {
            Node node = nodes.get(condition);
            int yes = replaced(node.yes, by, done);
            int no = replaced(node.no, by, done);
            known = choose(by.applyAsInt(node.variable), yes, no);
            done.put(condition, known);
        }
        return known;
    }

    /** Adds the variables that a function depends on. */
    void addVariables(int condition, BitSet variables) {
        addVariables(condition, variables, new BitSet());
    }

    private void addVariables(int condition, BitSet variables, BitSet seen) {
        if (condition > TRUE && !seen.get(condition)) {
            seen.set(condition);
            Node node = nodes.get(condition);
            variables.set(node.variable);
            addVariables(node.no, variables, seen);
            addVariables(node.yes, variables, seen);
        }
    }
}
