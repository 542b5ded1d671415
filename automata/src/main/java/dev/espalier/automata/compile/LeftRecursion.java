// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.nfa.Callee;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.Expression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The removal of left recursion, direct, indirect and hidden: each group of mutually left-recursive rules becomes loops. A text of rule A
 * is a beginning that some rule K of the group reads without calling the group first, then, as long as K is what another rule J of the
 * group begins with, the rest of J, until A is complete. That is a finite automaton over the rules of the group ("what is complete so
 * far"), so every member gets a copy of the group's graph with its own accepting state. Exact; quadratic in the size of a group. See
 * {@code docs/design/left-recursion.md}.
 */
@FastPath(oracle = "AutomatonOracleTest")
final class LeftRecursion {

    private final Nfa nfa;
    private final List<Callee> callees;
    private final List<int[]> ends;
    private final WorkBudget budget;

    private LeftRecursion(RuleGraph graph, WorkBudget budget) {
        this.nfa = graph.nfa();
        this.callees = new ArrayList<>(graph.callees());
        this.ends = new ArrayList<>(graph.ends());
        this.budget = budget;
    }

    /** The same rules without left recursion: those that had it begin and end elsewhere in the automaton, which grows. */
    static RuleGraph removed(RuleGraph graph, WorkBudget budget) {
        LeftRecursion recursion = new LeftRecursion(graph, budget);
        List<int[]> rewritten = recursion.rewritten();
        return new RuleGraph(graph.nfa(), recursion.callees, rewritten);
    }

    private List<int[]> rewritten() {
        int[][] firstCalls = new int[callees.size()][];
        for (int i = 0; i < firstCalls.length; i++) {
            firstCalls[i] = firstCalls(i);
        }
        Components groups = Components.of(firstCalls.length, firstCalls, budget);
        for (int[] group : groups.calleesFirst()) {
            if (groups.isCyclic(group)) {
                for (int member : group) {
                    writeOutFirst(member);
                }
            }
        }
        List<int[]> rewritten = new ArrayList<>(ends);
        for (int[] group : groups.calleesFirst()) {
            if (groups.isCyclic(group)) {
                for (int member : group) {
                    rewritten.set(member, rewrite(group, member));
                }
            }
        }
        return rewritten;
    }

    /** What a callee may call before it has read anything. */
    private int[] firstCalls(int callee) {
        Set<Integer> calls = new LinkedHashSet<>();
        if (callees.get(callee) instanceof Callee.Counter counter) {
            calls.add(counter.body());
        } else if (callees.get(callee) instanceof Callee.Permutation permutation) {
            permutation.items().forEach(item -> calls.add(item.body()));
        } else if (callees.get(callee) instanceof Callee.Rule) {
            for (int state : beginning(ends.get(callee)[0])) {
                for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                    if (nfa.low(edge) == Nfa.CALL) {
                        calls.add(nfa.high(edge));
                    }
                }
            }
        }
        return calls.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The states that are reached without reading or calling. */
    private Set<Integer> beginning(int start) {
        Set<Integer> seen = new LinkedHashSet<>();
        List<Integer> pending = new ArrayList<>();
        seen.add(start);
        pending.add(start);
        while (!pending.isEmpty()) {
            budget.spendSteps(2);
            int state = pending.remove(pending.size() - 1);
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                if (nfa.low(edge) == Nfa.EMPTY && seen.add(nfa.target(edge))) {
                    pending.add(nfa.target(edge));
                }
            }
        }
        return seen;
    }

    /** Makes a rule of a counter or a permutation: the first body, and behind it the rest, which is counted as before. */
    private void writeOutFirst(int member) {
        Callee callee = callees.get(member);
        if (callee instanceof Callee.Rule) {
            return;
        }
        int start = nfa.addState();
        int accept = nfa.addState();
        if (callee instanceof Callee.Counter counter) {
            int behind = nfa.addState();
            nfa.addCall(start, counter.body(), behind);
            addRest(
                    new Callee.Counter(counter.body(), Math.max(0, counter.min() - 1), less(counter.max())),
                    counter.min() <= 1,
                    counter.max() != 1,
                    behind,
                    behind,
                    accept);
        } else if (callee instanceof Callee.Permutation permutation) {
            for (int first = 0; first < permutation.items().size(); first++) {
                writeOutFirst(permutation, first, start, accept);
            }
        }
        callees.set(member, new Callee.Rule("", Expression.NOTHING));
        ends.set(member, new int[] {start, accept});
    }

    private void writeOutFirst(Callee.Permutation permutation, int first, int start, int accept) {
        List<Callee.Permutation.Item> items = new ArrayList<>(permutation.items());
        Callee.Permutation.Item item = items.get(first);
        if (item.max() == 0 || permutation.maxTotal() == 0) {
            return;
        }
        items.set(first, new Callee.Permutation.Item(item.body(), Math.max(0, item.min() - 1), less(item.max())));
        int behind = nfa.addState();
        int begun = nfa.addState();
        nfa.addCall(start, item.body(), behind);
        if (permutation.separator() >= 0) {
            nfa.addCall(behind, permutation.separator(), begun);
        }
        if (permutation.separator() < 0 || permutation.separatorMayBeEmpty()) {
            nfa.addEmpty(behind, begun);
        }
        boolean mayEnd = permutation.minTotal() <= 1 && items.stream().allMatch(other -> other.min() == 0);
        boolean goesOn = permutation.maxTotal() != 1 && items.stream().anyMatch(other -> other.max() != 0);
        Callee.Permutation rest = new Callee.Permutation(
                items,
                permutation.separator(),
                permutation.separatorMayBeEmpty(),
                Math.max(0, permutation.minTotal() - 1),
                less(permutation.maxTotal()));
        addRest(rest, mayEnd, goesOn, behind, begun, accept);
    }

    private static int less(int most) {
        return most == Expression.UNBOUNDED ? most : most - 1;
    }

    /** What follows the first body: nothing, or what is counted. */
    private void addRest(Callee rest, boolean mayEnd, boolean goesOn, int behind, int begun, int accept) {
        if (mayEnd) {
            nfa.addEmpty(behind, accept);
        }
        if (goesOn) {
            callees.add(rest);
            ends.add(new int[] {-1, -1});
            nfa.addCall(begun, callees.size() - 1, accept);
        }
    }

    private int[] rewrite(int[] group, int wanted) {
        Map<Integer, Integer> complete = new HashMap<>();
        for (int member : group) {
            complete.put(member, nfa.addState());
        }
        int start = nfa.addState();
        for (int member : group) {
            new Member(member, complete, start).copy();
        }
        int accept = complete.getOrDefault(wanted, start);
        return new int[] {start, accept};
    }

    /** The copy of one rule's graph inside a group's graph. */
    private final class Member {

        private final int callee;
        private final Map<Integer, Integer> complete;
        private final int groupStart;
        private final Map<Integer, Integer> copies = new HashMap<>();
        private final List<Integer> pending = new ArrayList<>();

        Member(int callee, Map<Integer, Integer> complete, int groupStart) {
            this.callee = callee;
            this.complete = complete;
            this.groupStart = groupStart;
        }

        /** The copy of a state after something was read. */
        private int copyOf(int state) {
            Integer known = copies.get(state);
            if (known == null) {
                known = nfa.addState();
                copies.put(state, known);
                pending.add(state);
            }
            return known;
        }

        void copy() {
            int accept = ends.get(callee)[1];
            int completeHere = complete.getOrDefault(callee, groupStart);
            nfa.addEmpty(copyOf(accept), completeHere);
            for (int state : beginning(ends.get(callee)[0])) {
                for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                    copyBeginning(edge);
                }
            }
            while (!pending.isEmpty()) {
                budget.spendSteps(2);
                int state = pending.remove(pending.size() - 1);
                int copy = copyOf(state);
                for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                    nfa.addCopy(edge, copy, copyOf(nfa.target(edge)));
                }
            }
        }

        private void copyBeginning(int edge) {
            int low = nfa.low(edge);
            Integer leftCorner = low == Nfa.CALL ? complete.get(nfa.high(edge)) : null;
            if (leftCorner != null) {
                nfa.addEmpty(leftCorner, copyOf(nfa.target(edge)));
            } else if (low != Nfa.EMPTY) {
                nfa.addCopy(edge, groupStart, copyOf(nfa.target(edge)));
            }
        }
    }
}
