// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Which symbols may be the whole text of which: those of an alternative whose other parts may be empty. Symbols that are on a way to themselves have endless derivations. */
final class UnitLoops {

    private final List<int[]> calls = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final List<List<Integer>> loops = new ArrayList<>();
    private final WorkBudget budget;

    UnitLoops(Productions rules, WorkBudget budget) {
        this.budget = budget;
        for (int symbol = 0; symbol < rules.size(); symbol++) {
            BitSet called = new BitSet();
            for (int[] row : rules.alternatives(symbol)) {
                budget.step();
                int length = rules.length(row, 0);
                for (int part : row) {
                    if (part >= 0 && length == rules.shortest(part)) {
                        called.set(part);
                    }
                }
            }
            calls.add(called.stream().toArray());
        }
        search();
    }

    /** All symbols, those first that a symbol may be. Without meaning for symbols of loops. */
    List<Integer> order() {
        return order;
    }

    /** The loops: sets of symbols each of which may be the others. */
    List<List<Integer>> loops() {
        return loops;
    }

    /** Strongly connected components, as Tarjan finds them (1972), without recursion. */
    private void search() {
        int[] index = new int[calls.size()];
        int[] low = new int[calls.size()];
        int[] next = new int[calls.size()];
        BitSet onStack = new BitSet();
        Deque<Integer> stack = new ArrayDeque<>();
        Deque<Integer> path = new ArrayDeque<>();
        int count = 0;
        for (int root = 0; root < index.length; root++) {
            if (index[root] == 0) {
                path.push(root);
            }
            while (!path.isEmpty()) {
                budget.step();
                int symbol = path.element();
                if (index[symbol] == 0) {
                    index[symbol] = ++count;
                    low[symbol] = count;
                    stack.push(symbol);
                    onStack.set(symbol);
                }
                if (next[symbol] < calls.get(symbol).length) {
                    int called = calls.get(symbol)[next[symbol]++];
                    if (index[called] == 0) {
                        path.push(called);
                    } else if (onStack.get(called)) {
                        low[symbol] = Math.min(low[symbol], index[called]);
                    }
                    continue;
                }
                path.pop();
                if (!path.isEmpty()) {
                    low[path.element()] = Math.min(low[path.element()], low[symbol]);
                }
                if (low[symbol] == index[symbol]) {
                    close(symbol, stack, onStack);
                }
            }
        }
    }

    private void close(int symbol, Deque<Integer> stack, BitSet onStack) {
        List<Integer> members = new ArrayList<>();
        int member;
        do {
            member = stack.pop();
            onStack.clear(member);
            members.add(member);
        } while (member != symbol);
        order.addAll(members);
        boolean callsItself = false;
        for (int called : calls.get(symbol)) {
            callsItself |= called == symbol;
        }
        if (members.size() > 1 || callsItself) {
            loops.add(members);
        }
    }
}
