// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of symbols that are still to be read, as stacks; equal ones have the same number. Besides symbols there are the ends of rules. Stack 0 is empty. Not
 * thread-safe.
 */
final class SymbolStacks {

    static final int EMPTY = 0;

    private static final int BYTES_OF_STACK = 100;

    private final Productions rules;
    private final WorkBudget budget;
    private final List<BitSet> terminals = new ArrayList<>();
    private final BitSet[] firsts;
    private final List<Cell> cells = new ArrayList<>();
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> ends = new HashMap<>();
    private final Map<Integer, Integer> withoutEnds = new HashMap<>();

    /**
     * A stack.
     *
     * @param top its top: a symbol, or the end of a rule
     * @param rest the stack below
     * @param length the number of terminals of its shortest text
     * @param first the classes of terminals that its texts may begin with
     * @param hasSymbols whether there is more than ends of rules
     */
    private record Cell(int top, int rest, int length, BitSet first, boolean hasSymbols) {}

    SymbolStacks(Productions rules, WorkBudget budget) {
        this.rules = rules;
        this.budget = budget;
        findClasses();
        firsts = new BitSet[rules.size()];
        for (int symbol = 0; symbol < firsts.length; symbol++) {
            firsts[symbol] = new BitSet();
        }
        for (boolean grows = true; grows; ) {
            grows = false;
            for (int symbol = firsts.length - 1; symbol >= 0; symbol--) {
                int size = firsts[symbol].cardinality();
                for (int[] row : rules.alternatives(symbol)) {
                    budget.step();
                    for (int i = 0; i < row.length; i++) {
                        firsts[symbol].or(first(row[i]));
                        if (rules.shortest(row[i]) > 0) {
                            break;
                        }
                    }
                }
                grows |= firsts[symbol].cardinality() > size;
            }
        }
        cells.add(new Cell(0, EMPTY, 0, new BitSet(), false));
    }

    /** Numbers what the terminals tell apart, and says of each terminal what it may be. */
    private void findClasses() {
        List<Terminal> all = rules.terminals();
        Map<String, Integer> tokens = new HashMap<>();
        all.forEach(terminal -> terminals.add(new BitSet()));
        CharacterClasses classes =
                CharacterClasses.of(all.stream().map(Terminal::members).toList(), budget);
        for (int i = 0; i < all.size(); i++) {
            Terminal terminal = all.get(i);
            if (terminal.isToken()) {
                terminals.get(i).set(classes.count() + tokens.computeIfAbsent(terminal.token(), none -> tokens.size()));
            } else {
                terminals.get(i).or(classes.of(terminal.members()));
            }
        }
    }

    private BitSet first(int symbol) {
        return symbol < 0 ? terminals.get(-1 - symbol) : firsts[symbol];
    }

    /** A stack with a top, which may be the end of a rule. */
    int push(int top, int rest) {
        return numbers.computeIfAbsent((long) top << 32 | rest, none -> {
            budget.allocate(BYTES_OF_STACK);
            Cell below = cells.get(rest);
            boolean isEnd = isEnd(top);
            long length = isEnd ? below.length : (long) below.length + rules.shortest(top);
            BitSet first = below.first;
            if (!isEnd) {
                first = first(top);
                if (rules.shortest(top) == 0) {
                    first = (BitSet) first.clone();
                    first.or(below.first);
                }
            }
            cells.add(
                    new Cell(top, rest, (int) Math.min(Integer.MAX_VALUE, length), first, !isEnd || below.hasSymbols));
            return cells.size() - 1;
        });
    }

    /** A stack with a row of symbols on it. */
    int push(int[] row, int rest) {
        int stack = rest;
        for (int i = row.length - 1; i >= 0; i--) {
            stack = push(row[i], stack);
        }
        return stack;
    }

    /** A stack with the end of a rule on it. */
    int pushEnd(String rule, int rest) {
        return push(rules.size() + ends.computeIfAbsent(rule, none -> ends.size()), rest);
    }

    boolean isEnd(int top) {
        return top >= rules.size();
    }

    int top(int stack) {
        return cells.get(stack).top;
    }

    int rest(int stack) {
        return cells.get(stack).rest;
    }

    /** The number of terminals of its shortest text. */
    int length(int stack) {
        return cells.get(stack).length;
    }

    /** Whether there is more than ends of rules on it. */
    boolean hasSymbols(int stack) {
        return cells.get(stack).hasSymbols;
    }

    /** Whether two stacks may have a text in common, as far as their first terminals say. */
    boolean mayMeet(int one, int other) {
        return length(one) == 0 && length(other) == 0 || cells.get(one).first.intersects(cells.get(other).first);
    }

    /** Whether two terminals may be the same. */
    boolean meet(int one, int other) {
        return terminals.get(-1 - one).intersects(terminals.get(-1 - other));
    }

    /** The same stack without ends of rules. */
    int withoutEnds(int stack) {
        List<Integer> above = new ArrayList<>();
        int at = stack;
        while (at != EMPTY && !withoutEnds.containsKey(at)) {
            above.add(at);
            at = rest(at);
        }
        int result = at == EMPTY ? EMPTY : withoutEnds.getOrDefault(at, EMPTY);
        for (int i = above.size() - 1; i >= 0; i--) {
            int top = top(above.get(i));
            result = isEnd(top) ? result : push(top, result);
            withoutEnds.put(above.get(i), result);
        }
        return result;
    }
}
