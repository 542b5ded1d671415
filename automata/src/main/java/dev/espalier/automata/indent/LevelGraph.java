// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.indent;

import dev.espalier.automata.nfa.Callee;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The part of an {@link IndentedGraph} that depends on columns: the root, the bodies of blocks, and rules that call such or read lines. The same for all columns but 0,
 * where an indentation may be empty.
 */
final class LevelGraph {

    /** A rule of this graph. */
    static final Callee.Rule RULE = new Callee.Rule("", Expression.NOTHING);

    /** What a callee of this graph is. */
    sealed interface Called {}

    /** A rule of this graph, whose texts depend on columns. */
    record Dependent() implements Called {}

    /** A rule that does not, by its number in the whole graph. */
    record Shared(int callee) implements Called {}

    /** What is there by column. */
    record Part(IndentedPart part) implements Called {}

    private final RuleGraph whole;
    private final Map<Integer, IndentedPart> parts;
    private final BitSet dependent = new BitSet();
    private final Nfa nfa;
    private final List<Called> callees = new ArrayList<>();
    private final List<int[]> ends = new ArrayList<>();
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final List<Integer> bodies;

    private LevelGraph(IndentedGraph graph, WorkBudget budget) {
        this.whole = graph.rules();
        this.parts = graph.parts();
        this.nfa = new Nfa(budget);
        TreeSet<Integer> found = new TreeSet<>();
        for (IndentedPart part : parts.values()) {
            if (part instanceof IndentedPart.Block block) {
                block.bodies().forEach(body -> found.add(body.callee()));
            }
        }
        this.bodies = List.copyOf(found);
    }

    /**
     * The part of a graph that depends on columns.
     *
     * @param isOutermost whether for column 0
     */
    static LevelGraph of(IndentedGraph graph, boolean isOutermost, WorkBudget budget) {
        LevelGraph made = new LevelGraph(graph, budget);
        List<BitSet> states = made.states(budget);
        made.findDependent(states, budget);
        made.dependent.stream().forEach(made::numberOf);
        made.copy(states, isOutermost);
        return made;
    }

    /** By callee, the states of its rule. */
    private List<BitSet> states(WorkBudget budget) {
        List<BitSet> found = new ArrayList<>();
        Nfa edges = whole.nfa();
        for (int[] end : whole.ends()) {
            BitSet seen = new BitSet();
            ArrayDeque<Integer> pending = new ArrayDeque<>();
            if (end[0] >= 0) {
                pending.add(end[0]);
                seen.set(end[0]);
                seen.set(end[1]);
            }
            while (!pending.isEmpty()) {
                budget.step();
                int state = pending.remove();
                for (int edge = edges.firstEdge(state); edge >= 0; edge = edges.nextEdge(edge)) {
                    if (!seen.get(edges.target(edge))) {
                        seen.set(edges.target(edge));
                        pending.add(edges.target(edge));
                    }
                }
            }
            found.add(seen);
        }
        return found;
    }

    private void findDependent(List<BitSet> states, WorkBudget budget) {
        Map<Integer, List<Integer>> callers = new HashMap<>();
        Nfa edges = whole.nfa();
        for (int callee = 0; callee < states.size(); callee++) {
            int caller = callee;
            states.get(callee).stream().forEach(state -> {
                budget.step();
                for (int edge = edges.firstEdge(state); edge >= 0; edge = edges.nextEdge(edge)) {
                    if (edges.low(edge) == Nfa.CALL) {
                        callers.computeIfAbsent(edges.high(edge), none -> new ArrayList<>())
                                .add(caller);
                    }
                }
            });
        }
        ArrayDeque<Integer> pending = new ArrayDeque<>(parts.keySet());
        pending.addAll(bodies);
        pending.add(0);
        while (!pending.isEmpty()) {
            int callee = pending.remove();
            if (!parts.containsKey(callee)) {
                dependent.set(callee);
            }
            for (int caller : callers.getOrDefault(callee, List.of())) {
                if (!dependent.get(caller)) {
                    dependent.set(caller);
                    pending.add(caller);
                }
            }
        }
    }

    private int numberOf(int callee) {
        return numbers.computeIfAbsent(callee, none -> {
            IndentedPart part = parts.get(callee);
            callees.add(part != null ? new Part(part) : dependent.get(callee) ? new Dependent() : new Shared(callee));
            ends.add(new int[] {-1, -1});
            return callees.size() - 1;
        });
    }

    private void copy(List<BitSet> states, boolean isOutermost) {
        Map<Integer, Integer> copies = new HashMap<>();
        dependent.stream().forEach(callee -> {
            states.get(callee).stream().forEach(state -> copies.put(state, nfa.addState()));
            int[] end = whole.ends().get(callee);
            ends.set(numberOf(callee), new int[] {copy(copies, end[0]), copy(copies, end[1])});
        });
        copies.forEach((state, copy) -> copyEdges(state, copy, copies, isOutermost));
    }

    private static int copy(Map<Integer, Integer> copies, int state) {
        return Objects.requireNonNull(copies.get(state));
    }

    private void copyEdges(int state, int copy, Map<Integer, Integer> copies, boolean isOutermost) {
        Nfa edges = whole.nfa();
        for (int edge = edges.firstEdge(state); edge >= 0; edge = edges.nextEdge(edge)) {
            int target = copy(copies, edges.target(edge));
            if (edges.low(edge) != Nfa.CALL) {
                nfa.addCopy(edges, edge, copy, target);
                continue;
            }
            int callee = edges.high(edge);
            nfa.addCall(copy, numberOf(callee), target);
            if (isOutermost
                    && parts.get(callee) instanceof IndentedPart.Line line
                    && line.text().mayEnd(0, line.end())) {
                nfa.addEmpty(copy, target);
            }
        }
    }

    Nfa nfa() {
        return nfa;
    }

    List<Called> callees() {
        return callees;
    }

    List<int[]> ends() {
        return ends;
    }

    /** The numbers of the bodies of blocks in the whole graph. */
    List<Integer> bodies() {
        return bodies;
    }

    /** The number in this graph of a callee of the whole one. */
    int number(int callee) {
        return Objects.requireNonNull(numbers.get(callee));
    }
}
