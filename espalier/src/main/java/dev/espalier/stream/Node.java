// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

/**
 * A value that is known. Immutable.
 *
 * @param start the offset of its first byte
 * @param end the offset behind its last one
 * @param proof how many bytes of the text prove that it ends there
 * @param children its members or items
 */
record Node(ValuePath path, ValueKind kind, int start, int end, int proof, Children children) {

    /** Known values in the order of the text. Immutable: longer lists share the array, and write behind this one's end. */
    record Children(Node[] nodes, int size) {

        static final Children NONE = new Children(new Node[0], 0);

        /** This list with one more node. Only the longest list that shares an array may be made longer. Cost: constant on average. */
        Children with(Node node) {
            Node[] more = size < nodes.length ? nodes : java.util.Arrays.copyOf(nodes, Math.max(4, 2 * size));
            more[size] = node;
            return new Children(more, size + 1);
        }
    }
}
