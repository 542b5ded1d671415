// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.testing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A set of texts as the paths of a graph from node 0 to accepting nodes; edges read a symbol or nothing, loops are welcome.
 * For tests. Not thread-safe.
 */
public final class TextGraph {

    /** An edge; {@code symbol} is {@link #NOTHING} if it reads none. */
    record Edge(int symbol, int to) {}

    /** The symbol of edges that read nothing. */
    static final int NOTHING = -1;

    private final List<List<Edge>> edges = new ArrayList<>();
    private final BitSet accepting = new BitSet();

    /** A graph of node 0. */
    public TextGraph() {
        addNode();
    }

    /** The number of a new node. */
    public int addNode() {
        edges.add(new ArrayList<>());
        return edges.size() - 1;
    }

    /** Adds an edge that reads a symbol: a byte, 0 to 255, or the number of a special token. */
    public void read(int from, int symbol, int to) {
        edges.get(from).add(new Edge(symbol, to));
    }

    /** Adds an edge that reads nothing. */
    public void skip(int from, int to) {
        edges.get(from).add(new Edge(NOTHING, to));
    }

    /** Lets texts end at a node. */
    public void accept(int node) {
        accepting.set(node);
    }

    boolean isAccepting(int node) {
        return accepting.get(node);
    }

    List<Edge> edges(int node) {
        return edges.get(node);
    }
}
