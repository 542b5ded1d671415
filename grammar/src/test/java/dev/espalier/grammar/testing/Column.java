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

/** One column of an Earley chart: what may be going on after a prefix. Every item in it can be completed. */
public final class Column {

    /**
     * A node that began in a column and has come so far.
     *
     * @param progress the node's own notion of progress, a value
     */
    private record Item(SlowNode node, Object progress, Column origin) {}

    private final SlowNode root;
    private final Set<Item> items = new LinkedHashSet<>();
    private final Deque<Item> work = new ArrayDeque<>();
    private final Map<SlowNode, List<Item>> waiting = new HashMap<>();
    private final Set<SlowNode> endedEmpty = new HashSet<>();
    private final Map<Integer, Column> next = new HashMap<>();
    private final Column first;
    private boolean accepting;

    private Column(SlowNode root, Column first) {
        this.root = root;
        this.first = first == null ? this : first;
    }

    static Column first(SlowNode root) {
        Column column = new Column(root, null);
        column.predict(root);
        column.close();
        return column;
    }

    /** Whether what was read so far is a sentence. */
    public boolean isAccepting() {
        return accepting;
    }

    /** Whether some sentence begins with what was read so far. */
    public boolean isLive() {
        return !items.isEmpty();
    }

    /** The column after one more symbol: a byte, 0 to 255, or the number of a special token. */
    public Column advance(int symbol) {
        return next.computeIfAbsent(symbol, this::read);
    }

    private Column read(int symbol) {
        Column column = new Column(root, first);
        for (Item item : items) {
            Object progress = item.node().scan(item.progress(), symbol);
            if (progress != null) {
                column.add(new Item(item.node(), progress, item.origin()));
            }
        }
        column.close();
        return column;
    }

    private void predict(SlowNode node) {
        if (node.isProductive()) {
            add(new Item(node, node.begin(), this));
        }
    }

    private void add(Item item) {
        if (items.add(item)) {
            work.add(item);
        }
    }

    private void close() {
        while (!work.isEmpty()) {
            Item item = work.remove();
            for (SlowNode child : item.node().awaited(item.progress())) {
                await(child, item);
            }
            if (item.node().mayEnd(item.progress())) {
                end(item);
            }
        }
    }

    private void await(SlowNode child, Item item) {
        waiting.computeIfAbsent(child, key -> new ArrayList<>()).add(item);
        predict(child);
        if (endedEmpty.contains(child)) {
            step(item, child, true);
        }
    }

    private void end(Item ended) {
        boolean empty = ended.origin() == this;
        if (empty && !endedEmpty.add(ended.node())) {
            return;
        }
        if (ended.node() == root && ended.origin() == first) {
            accepting = true;
        }
        List<Item> parents = ended.origin().waiting.getOrDefault(ended.node(), List.of());
        for (Item parent : List.copyOf(parents)) {
            step(parent, ended.node(), empty);
        }
    }

    private void step(Item parent, SlowNode child, boolean empty) {
        Object progress = parent.node().afterChild(parent.progress(), child, empty);
        if (progress != null) {
            add(new Item(parent.node(), progress, parent.origin()));
        }
    }
}
