// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.nfa;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * A queue of nodes by length, least first, for a search whose steps are mostly 0 or 1 long: two plain lists hold the
 * current length and the next, a heap only what is further away. A node is 2 × state + layer, or -1 - callee.
 */
final class LengthQueue {

    private int length;
    private int[] current = new int[64];
    private int currentSize;
    private int[] next = new int[64];
    private int nextSize;
    private final PriorityQueue<long[]> far = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));

    /** The length of the node that was removed last. */
    int length() {
        return length;
    }

    boolean isEmpty() {
        return currentSize == 0 && nextSize == 0 && far.isEmpty();
    }

    /** Adds a node; its length is at least that of the node removed last. */
    void add(int nodeLength, int node) {
        if (nodeLength == length) {
            if (currentSize == current.length) {
                current = Arrays.copyOf(current, 2 * currentSize);
            }
            current[currentSize++] = node;
        } else if (nodeLength == length + 1) {
            if (nextSize == next.length) {
                next = Arrays.copyOf(next, 2 * nextSize);
            }
            next[nextSize++] = node;
        } else {
            far.add(new long[] {nodeLength, node});
        }
    }

    /** Removes a node of least length; the queue must not be empty. */
    int remove() {
        if (currentSize == 0) {
            advance();
        }
        return current[--currentSize];
    }

    private void advance() {
        long[] nearest = far.peek();
        length = nextSize > 0 || nearest == null ? length + 1 : (int) nearest[0];
        int[] swapped = current;
        current = next;
        currentSize = nextSize;
        next = swapped;
        nextSize = 0;
        while (nearest != null && nearest[0] == length) {
            far.remove();
            add(length, (int) nearest[1]);
            nearest = far.peek();
        }
        while (nearest != null && nearest[0] == length + 1L) {
            far.remove();
            add(length + 1, (int) nearest[1]);
            nearest = far.peek();
        }
    }
}
