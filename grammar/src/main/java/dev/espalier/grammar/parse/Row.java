// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of nodes of trees, put together of shorter ones without copying them. Two rows are equal if their nodes are the same objects. Immutable. */
final class Row {

    static final Row EMPTY = new Row(null, null, null, 0, 0, 1);

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final @Nullable Row left;
    private final @Nullable Row right;
    private final @Nullable Node node;
    private final int size;
    private final long hash;

    /** The power of the factor that is the size. */
    private final long power;

    /**
     * A node of trees.
     *
     * @param rule the rule's name
     * @param from the place where it begins
     * @param to the place where it ends
     * @param children its children
     * @param leaf the token that it is, if it is one
     */
    record Node(
            String rule,
            int from,
            int to,
            Row children,
            @Nullable ParseTree leaf) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Node node
                    && from == node.from
                    && to == node.to
                    && rule.equals(node.rule)
                    && children.equals(node.children);
        }

        @Override
        public int hashCode() {
            return ((rule.hashCode() * 31 + from) * 31 + to) * 31 + children.hashCode();
        }
    }

    private Row(@Nullable Row left, @Nullable Row right, @Nullable Node node, int size, long hash, long power) {
        this.left = left;
        this.right = right;
        this.node = node;
        this.size = size;
        this.hash = hash;
        this.power = power;
    }

    static Row of(Node node) {
        return new Row(null, null, node, 1, node.hashCode() * FACTOR + 1, FACTOR);
    }

    /** This row and another behind it. */
    Row with(Row behind) {
        if (behind.size == 0) {
            return this;
        } else if (size == 0) {
            return behind;
        }
        return new Row(this, behind, null, size + behind.size, hash * behind.power + behind.hash, power * behind.power);
    }

    /** Its nodes, from the left to the right. */
    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>(size);
        Deque<Row> pending = new ArrayDeque<>(List.of(this));
        while (!pending.isEmpty()) {
            Row row = pending.pop();
            if (row.node != null) {
                nodes.add(row.node);
            } else if (row.left != null && row.right != null) {
                pending.push(row.right);
                pending.push(row.left);
            }
        }
        return nodes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        } else if (!(other instanceof Row)) {
            return false;
        }
        Row row = (Row) other;
        if (hash != row.hash || size != row.size) {
            return false;
        }
        List<Node> mine = nodes();
        List<Node> others = row.nodes();
        for (int i = 0; i < mine.size(); i++) {
            if (mine.get(i) != others.get(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }
}
