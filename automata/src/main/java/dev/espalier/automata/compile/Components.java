// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The strongly connected components of a directed graph, by Tarjan's algorithm with an explicit stack, so that chains
 * of any length are fine. Linear.
 */
final class Components {

    private final int[][] successors;
    private final List<int[]> components = new ArrayList<>();

    private Components(int[][] successors) {
        this.successors = successors;
    }

    static Components of(int nodes, int[][] successors, WorkBudget budget) {
        Components result = new Components(successors);
        result.new Search(nodes, budget).run();
        return result;
    }

    /** The components, each after all that it leads to. */
    List<int[]> calleesFirst() {
        return components;
    }

    /** Whether a component has a cycle: more than one node, or a node that leads to itself. */
    boolean isCyclic(int[] component) {
        if (component.length > 1) {
            return true;
        }
        for (int successor : successors[component[0]]) {
            if (successor == component[0]) {
                return true;
            }
        }
        return false;
    }

    private final class Search {
        private final WorkBudget budget;
        private final int[] order;
        private final int[] low;
        private final int[] nextSuccessor;
        private final boolean[] open;
        private final int[] openStack;
        private final int[] path;
        private int openSize;
        private int pathSize;
        private int visited;

        Search(int nodes, WorkBudget budget) {
            this.budget = budget;
            order = new int[nodes];
            Arrays.fill(order, -1);
            low = new int[nodes];
            nextSuccessor = new int[nodes];
            open = new boolean[nodes];
            openStack = new int[nodes];
            path = new int[nodes];
        }

        void run() {
            for (int root = 0; root < order.length; root++) {
                if (order[root] < 0) {
                    enter(root);
                    while (pathSize > 0) {
                        budget.step();
                        advance(path[pathSize - 1]);
                    }
                }
            }
        }

        private void enter(int node) {
            order[node] = visited;
            low[node] = visited++;
            open[node] = true;
            openStack[openSize++] = node;
            path[pathSize++] = node;
        }

        private void advance(int node) {
            if (nextSuccessor[node] < successors[node].length) {
                int successor = successors[node][nextSuccessor[node]++];
                if (order[successor] < 0) {
                    enter(successor);
                } else if (open[successor]) {
                    low[node] = Math.min(low[node], order[successor]);
                }
                return;
            }
            pathSize--;
            if (pathSize > 0) {
                int parent = path[pathSize - 1];
                low[parent] = Math.min(low[parent], low[node]);
            }
            if (low[node] == order[node]) {
                close(node);
            }
        }

        private void close(int node) {
            int from = openSize;
            do {
                from--;
                open[openStack[from]] = false;
            } while (openStack[from] != node);
            components.add(Arrays.copyOfRange(openStack, from, openSize));
            openSize = from;
        }
    }
}
