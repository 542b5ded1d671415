// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Earley's algorithm over a graph instead of a text: which nodes of a grammar span which pairs of points, as a least fixpoint.
 * Ends however the graph loops, since the progress of nodes is bounded; that of intersections and differences is not.
 */
final class GraphChart {

    private record Item(int at, SlowNode node, Object progress, int origin, boolean empty) {}

    private record Begun(SlowNode node, int origin) {}

    private record Ended(int at, boolean empty) {}

    private final SlowNode root;
    private final TextGraph graph;
    private final Set<Item> items = new HashSet<>();
    private final Deque<Item> work = new ArrayDeque<>();
    private final Map<Begun, List<Item>> waiting = new HashMap<>();
    private final Map<Begun, Set<Ended>> ends = new HashMap<>();
    private boolean accepted;

    GraphChart(SlowNode root, TextGraph graph) {
        this.root = root;
        this.graph = graph;
    }

    /** Whether some path is a sentence. */
    boolean acceptsSome() {
        predict(root, 0);
        while (!work.isEmpty() && !accepted) {
            advance(work.remove());
        }
        return accepted;
    }

    private void predict(SlowNode node, int at) {
        if (node.isProductive()) {
            add(new Item(at, node, node.begin(), at, true));
        }
    }

    private void add(Item item) {
        if (items.add(item)) {
            work.add(item);
        }
    }

    private void advance(Item item) {
        SlowNode node = item.node();
        for (TextGraph.Edge edge : graph.edges(item.at())) {
            if (edge.symbol() == TextGraph.NOTHING) {
                add(new Item(edge.to(), node, item.progress(), item.origin(), item.empty()));
            } else {
                Object progress = node.scan(item.progress(), edge.symbol());
                if (progress != null) {
                    add(new Item(edge.to(), node, progress, item.origin(), false));
                }
            }
        }
        for (SlowNode child : node.awaited(item.progress())) {
            Begun begun = new Begun(child, item.at());
            waiting.computeIfAbsent(begun, key -> new ArrayList<>()).add(item);
            predict(child, item.at());
            List.copyOf(ends.getOrDefault(begun, Set.of())).forEach(end -> step(item, child, end));
        }
        if (node.mayEnd(item.progress())) {
            end(new Begun(node, item.origin()), new Ended(item.at(), item.empty()));
        }
    }

    private void end(Begun begun, Ended end) {
        accepted |= begun.node() == root && begun.origin() == 0 && graph.isAccepting(end.at());
        if (ends.computeIfAbsent(begun, key -> new LinkedHashSet<>()).add(end)) {
            List.copyOf(waiting.getOrDefault(begun, List.of())).forEach(parent -> step(parent, begun.node(), end));
        }
    }

    private void step(Item parent, SlowNode child, Ended end) {
        Object progress = parent.node().afterChild(parent.progress(), child, end.empty());
        if (progress != null) {
            add(new Item(end.at(), parent.node(), progress, parent.origin(), parent.empty() && end.empty()));
        }
    }
}
