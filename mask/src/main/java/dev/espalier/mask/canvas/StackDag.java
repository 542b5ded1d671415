package dev.espalier.mask.canvas;

import dev.espalier.grammar.WorkBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Sets of stacks as nodes of one directed graph without cycles, each set once: equal sets have equal numbers. A node says
 * whether the empty stack belongs to the set, and for each symbol on top of a stack the set of what lies below. Pushing,
 * popping and looking at the top cost a look-up; unions and meetings are kept by pairs. One thread.
 *
 * <p>This is the graph-structured stack of parsers (Tomita, "Efficient Parsing for Natural Language", 1985), hash-consed, for
 * sets of stacks that no single prefix has in common.
 */
final class StackDag {

    /** The set of no stacks. */
    static final int NONE = 0;

    /** The set of the empty stack alone. */
    static final int BOTTOM = 1;

    private static final int NODE_BYTES = 90;
    private static final int MEMO_BYTES = 30;

    /** A node: 1 if the empty stack belongs to the set, then symbols in increasing order, each with the node below it. */
    private final IntArrayIndex nodes = new IntArrayIndex();

    private final PairIndex pushes = new PairIndex();
    private final IntList pushed = new IntList();
    private final PairIndex unions = new PairIndex();
    private final IntList united = new IntList();
    private final PairIndex meetings = new PairIndex();
    private final BitSet meeting = new BitSet();

    /** For each symbol what it was pushed upon: bit 0 for the bottom, bit {@code s + 1} for a symbol s. */
    private final List<BitSet> supports = new ArrayList<>();

    private int supportVersion;

    StackDag() {
        nodes.add(new int[] {0});
        nodes.add(new int[] {1});
    }

    /** The number of distinct symbols on top. */
    int tops(int set) {
        return nodes.get(set).length >> 1;
    }

    /** The k-th symbol on top, in increasing order. */
    int top(int set, int k) {
        return nodes.get(set)[2 * k + 1];
    }

    /** What lies below the k-th symbol on top. */
    int below(int set, int k) {
        return nodes.get(set)[2 * k + 2];
    }

    /** Whether the empty stack belongs to a set. */
    boolean hasBottom(int set) {
        return nodes.get(set)[0] != 0;
    }

    /** What lies below a symbol on top. */
    int pop(int set, int symbol) {
        int[] node = nodes.get(set);
        for (int at = 1; at < node.length; at += 2) {
            if (node[at] == symbol) {
                return node[at + 1];
            }
        }
        return NONE;
    }

    /** Pushes a symbol on every stack of a set that some prefix leads to: from now on the symbol may lie upon its tops. */
    int push(int symbol, int set) {
        int known = pushes.find(symbol, set);
        if (known >= 0) {
            return pushed.get(known);
        }
        BitSet support = supports(symbol);
        if (hasBottom(set)) {
            support(support, 0);
        }
        for (int k = 0; k < tops(set); k++) {
            support(support, top(set, k) + 1);
        }
        pushes.add(symbol, set);
        pushed.add(set == NONE ? NONE : nodes.add(new int[] {0, symbol, set}));
        return pushed.get(pushed.size() - 1);
    }

    private void support(BitSet support, int bit) {
        if (!support.get(bit)) {
            support.set(bit);
            supportVersion++;
        }
    }

    /** Grows whenever a symbol comes to lie where it never lay before. */
    int supportVersion() {
        return supportVersion;
    }

    /** Pushes a symbol on those stacks of a set that it may lie upon: all others no prefix leads to. */
    int pushWhereSupported(int symbol, int set) {
        BitSet support = supports(symbol);
        int[] node = nodes.get(set);
        int kept = 0;
        for (int at = 1; at < node.length; at += 2) {
            kept += support.get(node[at] + 1) ? 1 : 0;
        }
        int[] filtered = node;
        if (2 * kept + 1 < node.length || (node[0] == 1 && !support.get(0))) {
            filtered = new int[2 * kept + 1];
            filtered[0] = support.get(0) ? node[0] : 0;
            int to = 1;
            for (int at = 1; at < node.length; at += 2) {
                if (support.get(node[at] + 1)) {
                    filtered[to++] = node[at];
                    filtered[to++] = node[at + 1];
                }
            }
        }
        int below = filtered == node ? set : nodes.add(filtered);
        return below == NONE ? NONE : nodes.add(new int[] {0, symbol, below});
    }

    private BitSet supports(int symbol) {
        while (supports.size() <= symbol) {
            supports.add(new BitSet());
        }
        return supports.get(symbol);
    }

    /** The stacks of either set. */
    int union(int a, int b, WorkBudget budget) {
        if (a == b || b == NONE) {
            return a;
        }
        if (a == NONE) {
            return b;
        }
        int low = Math.min(a, b);
        int high = Math.max(a, b);
        int known = unions.find(low, high);
        if (known >= 0) {
            return united.get(known);
        }
        budget.step();
        int[] left = nodes.get(low);
        int[] right = nodes.get(high);
        int[] both = new int[left.length + right.length - 1];
        both[0] = left[0] | right[0];
        int to = 1;
        int i = 1;
        int k = 1;
        while (i < left.length || k < right.length) {
            int symbol = Math.min(
                    i < left.length ? left[i] : Integer.MAX_VALUE, k < right.length ? right[k] : Integer.MAX_VALUE);
            int below = NONE;
            if (i < left.length && left[i] == symbol) {
                below = left[i + 1];
                i += 2;
            }
            if (k < right.length && right[k] == symbol) {
                below = union(below, right[k + 1], budget);
                k += 2;
            }
            both[to++] = symbol;
            both[to++] = below;
        }
        int result = nodes.add(to == both.length ? both : Arrays.copyOf(both, to));
        unions.add(low, high);
        united.add(result);
        return result;
    }

    /** Whether two sets have a stack in common. */
    boolean meet(int a, int b, WorkBudget budget) {
        if (a == NONE || b == NONE) {
            return false;
        }
        if (a == b) {
            return true;
        }
        int low = Math.min(a, b);
        int high = Math.max(a, b);
        int known = meetings.find(low, high);
        if (known >= 0) {
            return meeting.get(known);
        }
        budget.step();
        int[] left = nodes.get(low);
        int[] right = nodes.get(high);
        boolean found = (left[0] & right[0]) != 0;
        int k = 1;
        for (int i = 1; i < left.length && !found; i += 2) {
            while (k < right.length && right[k] < left[i]) {
                k += 2;
            }
            found = k < right.length && right[k] == left[i] && meet(left[i + 1], right[k + 1], budget);
        }
        meeting.set(meetings.add(low, high), found);
        return found;
    }

    /** The number of sets. */
    int size() {
        return nodes.size();
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return nodes.bytes()
                + (long) NODE_BYTES * nodes.size()
                + (long) MEMO_BYTES * (pushes.size() + unions.size() + meetings.size());
    }
}
