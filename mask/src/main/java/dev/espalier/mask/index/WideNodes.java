// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/**
 * An index of the children, by byte, of the nodes of a trie with many children, including the root as node -1. A walk visits only the
 * live children. Immutable, thread-safe.
 */
@FastPath(oracle = "WideNodesTest")
public final class WideNodes {

    /** The least number of children of a wide node. */
    private static final int LEAST_CHILDREN = 8;

    private static final int WORDS = 4;

    /** Stands for: no such child, or no wide node. */
    public static final int NONE = -1;

    /** The wide nodes, ascending. */
    private final int[] nodes;
    /** By wide node, the bytes of its children as 256 bits. */
    private final long[] bytes;

    private final int[] firstChild;
    private final int[] children;
    /** A bit for each node, at its number plus one, so that the root has one. */
    private final long[] isWide;

    /**
     * The index of a trie whose nodes are in preorder.
     *
     * @param labels depth times 256 plus byte
     * @param ends the first node after each subtree
     */
    WideNodes(int[] labels, int[] ends) {
        int[] counts = childCounts(labels);
        isWide = new long[(counts.length >> 6) + 1];
        int size = 0;
        int all = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] >= LEAST_CHILDREN) {
                isWide[i >> 6] |= 1L << i;
                size++;
                all += counts[i];
            }
        }
        nodes = new int[size];
        bytes = new long[WORDS * size];
        firstChild = new int[size];
        children = new int[all];
        int entry = 0;
        int child = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] >= LEAST_CHILDREN) {
                nodes[entry] = i - 1;
                firstChild[entry] = child;
                addChildren(entry++, child, counts[i], labels, ends);
                child += counts[i];
            }
        }
    }

    /** The number of children of the root and of each node. */
    private static int[] childCounts(int[] labels) {
        int[] counts = new int[labels.length + 1];
        int[] path = new int[16];
        for (int node = 0; node < labels.length; node++) {
            int depth = labels[node] >>> 8;
            if (depth >= path.length) {
                path = Arrays.copyOf(path, 2 * depth);
            }
            path[depth] = node + 1;
            counts[path[depth - 1]]++;
        }
        return counts;
    }

    private void addChildren(int entry, int from, int count, int[] labels, int[] ends) {
        int child = nodes[entry] + 1;
        for (int i = 0; i < count; i++) {
            children[from + i] = child;
            int symbol = labels[child] & 0xff;
            bytes[WORDS * entry + (symbol >> 6)] |= 1L << symbol;
            child = ends[child];
        }
    }

    /** The entry of a node; {@link #NONE} if it has few children. */
    public int entry(int node) {
        int bit = node + 1;
        return (isWide[bit >> 6] >>> bit & 1) == 0 ? NONE : Arrays.binarySearch(nodes, node);
    }

    /**
     * The child of an entry with the least byte that is at least {@code from} (0 to 256) and in a set; {@link #NONE} if there is none.
     */
    public int child(int entry, int from, ByteSet live) {
        int rank = 0;
        int first = from >> 6;
        for (int word = 0; word < WORDS; word++) {
            long all = bytes[WORDS * entry + word];
            long some = word < first ? 0 : all & live.word(word);
            if (word == first) {
                some &= -1L << from;
            }
            if (some != 0) {
                long before = all & (some & -some) - 1;
                return children[firstChild[entry] + rank + Long.bitCount(before)];
            }
            rank += Long.bitCount(all);
        }
        return NONE;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return 120 + 8L * isWide.length + 8L * bytes.length + 8L * nodes.length + 4L * children.length;
    }
}
