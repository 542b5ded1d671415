// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairList;
import dev.espalier.core.collect.PairMap;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A hash-consed graph-structured stack: sets of stacks as nodes of one directed acyclic graph, where equal sets have equal numbers. A
 * node says whether the empty stack belongs to the set, and for each symbol on top of a stack the set of what lies below. Pushing,
 * popping and looking at the top cost a look-up; unions and meetings are kept by pairs. One thread.
 *
 * <p>This is the graph-structured stack of parsers (Tomita, "Efficient Parsing for Natural Language", 1985), hash-consed, for
 * sets of stacks that no single prefix has in common.
 */
@FastPath(oracle = "CanvasOracleTest")
public final class StackDag {

    /** The set of no stacks. */
    public static final int NONE = 0;

    /** The set of the empty stack alone. */
    static final int BOTTOM = 1;

    /** The depth up to which unions recurse, which takes half as many look-ups. */
    private static final int MAX_DEPTH = 300;

    private static final int APART = 0;
    private static final int MEET = 1;

    private static final int NODE_BYTES = 40;

    /** A node: 1 if the empty stack belongs to the set, then symbols in increasing order, each with the node below it. */
    private final IntArrayIndex nodes = new IntArrayIndex();

    private final PairMap pushes = new PairMap();
    private final PairMap unions = new PairMap();
    private final PairList pending = new PairList();
    private final PairMap meetings = new PairMap();

    /** For each symbol what it was pushed upon: bit 0 for the bottom, bit {@code s + 1} for a symbol s. */
    private final List<BitSet> supports = new ArrayList<>();

    private int supportVersion;

    StackDag() {
        nodes.add(new int[] {0});
        nodes.add(new int[] {1});
    }

    /** The set of a node: 1 if the empty stack belongs to it, then symbols in increasing order, each with a set below it. */
    int node(int[] node) {
        return nodes.add(node);
    }

    /** The number of distinct symbols on top. */
    public int tops(int set) {
        return nodes.get(set).length >> 1;
    }

    /** The k-th symbol on top, in increasing order. */
    public int top(int set, int k) {
        return nodes.get(set)[2 * k + 1];
    }

    /** The set below the k-th symbol on top. */
    public int below(int set, int k) {
        return nodes.get(set)[2 * k + 2];
    }

    /** Whether the empty stack belongs to a set. */
    public boolean hasBottom(int set) {
        return nodes.get(set)[0] != 0;
    }

    /** The set below a symbol on top. */
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
        int known = pushes.get(symbol, set);
        if (known >= 0) {
            return known;
        }
        BitSet support = supports(symbol);
        if (hasBottom(set)) {
            support(support, 0);
        }
        for (int k = 0; k < tops(set); k++) {
            support(support, top(set, k) + 1);
        }
        int pushed = set == NONE ? NONE : nodes.add(new int[] {0, symbol, set});
        pushes.put(symbol, set, pushed);
        return pushed;
    }

    private void support(BitSet support, int bit) {
        if (!support.get(bit)) {
            support.set(bit);
            supportVersion++;
        }
    }

    /** A number that grows whenever a symbol is pushed on one that it never lay upon before. */
    int supportVersion() {
        return supportVersion;
    }

    /** Pushes a symbol on those stacks of a set that it may lie upon. No prefix leads to the others. */
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
        return union(a, b, 0, budget);
    }

    private int union(int a, int b, int depth, WorkBudget budget) {
        if (a == b || b == NONE) {
            return a;
        }
        if (a == NONE) {
            return b;
        }
        int low = Math.min(a, b);
        int high = Math.max(a, b);
        int known = unions.get(low, high);
        if (known >= 0) {
            return known;
        }
        if (depth == MAX_DEPTH) {
            return deepUnion(low, high, budget);
        }
        budget.step();
        int result = nodes.add(joined(nodes.get(low), nodes.get(high), depth + 1, budget));
        unions.put(low, high, result);
        return result;
    }

    /** A union by an explicit stack of pending pairs, since stacks may be thousands deep. */
    private int deepUnion(int a, int b, WorkBudget budget) {
        int base = pending.size();
        pending.add(a, b);
        int result = NONE;
        while (pending.size() > base) {
            int low = pending.first();
            int high = pending.second();
            int[] left = nodes.get(low);
            int[] right = nodes.get(high);
            if (awaitBelow(unions, left, right)) {
                budget.step();
                result = nodes.add(joined(left, right, MAX_DEPTH, budget));
                unions.put(low, high, result);
                pending.remove();
            }
        }
        return result;
    }

    /** True if the results for all pairs below two nodes are known; the others become pending. */
    private boolean awaitBelow(PairMap known, int[] left, int[] right) {
        int before = pending.size();
        for (int i = 1, k = 1; i < left.length && k < right.length; ) {
            if (left[i] == right[k]) {
                int low = Math.min(left[i + 1], right[k + 1]);
                int high = Math.max(left[i + 1], right[k + 1]);
                if (low != high && known.get(low, high) < 0) {
                    pending.add(low, high);
                }
                i += 2;
                k += 2;
            } else if (left[i] < right[k]) {
                i += 2;
            } else {
                k += 2;
            }
        }
        return pending.size() == before;
    }

    private int[] joined(int[] left, int[] right, int depth, WorkBudget budget) {
        int[] both = new int[left.length + right.length - 1];
        both[0] = left[0] | right[0];
        int to = 1;
        for (int i = 1, k = 1; i < left.length || k < right.length; ) {
            boolean hasLeft = k >= right.length || i < left.length && left[i] <= right[k];
            boolean hasRight = i >= left.length || k < right.length && right[k] <= left[i];
            both[to++] = hasLeft ? left[i] : right[k];
            if (hasLeft && hasRight) {
                both[to++] = union(left[i + 1], right[k + 1], depth, budget);
            } else {
                both[to++] = hasLeft ? left[i + 1] : right[k + 1];
            }
            i += hasLeft ? 2 : 0;
            k += hasRight ? 2 : 0;
        }
        return to == both.length ? both : Arrays.copyOf(both, to);
    }

    /** The union of sets of stacks. Joining the tops of many sets at once makes fewer intermediate nodes. */
    int union(IntList sets, WorkBudget budget) {
        if (sets.size() <= 2) {
            return sets.size() == 0 ? NONE : union(sets.get(0), sets.get(sets.size() - 1), budget);
        }
        int[] distinct = sets.toSet();
        if (distinct.length <= 2) {
            return union(distinct[0], distinct[distinct.length - 1], budget);
        }
        int bottom = 0;
        PairList below = new PairList();
        for (int set : distinct) {
            int[] node = nodes.get(set);
            bottom |= node[0];
            for (int at = 1; at < node.length; at += 2) {
                below.add(node[at], node[at + 1]);
            }
        }
        return nodes.add(grouped(bottom, below.toSorted(), budget));
    }

    /** A node of symbols with the sets below them; a symbol may come several times. */
    private int[] grouped(int bottom, long[] below, WorkBudget budget) {
        int[] node = new int[2 * below.length + 1];
        node[0] = bottom;
        int to = 1;
        for (int from = 0; from < below.length; ) {
            int symbol = (int) (below[from] >> 32);
            int joined = NONE;
            while (from < below.length && (int) (below[from] >> 32) == symbol) {
                joined = union(joined, (int) below[from++], budget);
            }
            node[to++] = symbol;
            node[to++] = joined;
        }
        return to == node.length ? node : Arrays.copyOf(node, to);
    }

    /** Whether two sets have a stack in common. */
    boolean meet(int a, int b, WorkBudget budget) {
        if (a == NONE || b == NONE || a == b) {
            return a == b && a != NONE;
        }
        int obvious = obviousMeeting(nodes.get(a), nodes.get(b));
        return obvious >= 0 ? obvious == MEET : deepMeeting(a, b, budget);
    }

    /** Decides from the known pairs below whether two nodes have a stack in common; -1 if that is not enough. */
    private int obviousMeeting(int[] left, int[] right) {
        if ((left[0] & right[0]) != 0) {
            return MEET;
        }
        int found = APART;
        for (int i = 1, k = 1; i < left.length && k < right.length; ) {
            if (left[i] == right[k]) {
                int low = Math.min(left[i + 1], right[k + 1]);
                int high = Math.max(left[i + 1], right[k + 1]);
                int below = low == high ? MEET : meetings.get(low, high);
                if (below == MEET) {
                    return MEET;
                }
                found = Math.min(found, below);
                i += 2;
                k += 2;
            } else if (left[i] < right[k]) {
                i += 2;
            } else {
                k += 2;
            }
        }
        return found;
    }

    private boolean deepMeeting(int a, int b, WorkBudget budget) {
        int base = pending.size();
        pending.add(Math.min(a, b), Math.max(a, b));
        int found = APART;
        while (pending.size() > base) {
            int low = pending.first();
            int high = pending.second();
            int[] left = nodes.get(low);
            int[] right = nodes.get(high);
            found = obviousMeeting(left, right);
            if (found >= 0 || awaitBelow(meetings, left, right)) {
                budget.step();
                meetings.put(low, high, found);
                pending.remove();
            }
        }
        return found == MEET;
    }

    /** Drops unfinished work of a call that threw. */
    void reset() {
        pending.clear();
    }

    /** The number of sets. */
    int size() {
        return nodes.size();
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return nodes.bytes() + (long) NODE_BYTES * nodes.size() + pushes.bytes() + unions.bytes() + meetings.bytes();
    }
}
