// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.collect.SortedTree;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a trie over earlier items: the items that share a beginning, and by what comes next those that continue alike. Texts that
 * are not the beginning of an earlier item lead nowhere. Where an object's members may come in any order, an item goes on in several
 * ways. Ways of more than a few items are worked out when they are first asked for, all at once, and kept by all larger trees: one more
 * item changes only the nodes that were worked out and that it belongs to. Immutable but for what is kept, which is the same whoever
 * works it out.
 */
@SuppressWarnings("ReferenceEquality") // shared chains are one object
@FastPath(oracle = "RivalsTest")
final class AlikeItems {

    /** The number of items up to which ways are computed anew each time. */
    private static final int FEW = 4;

    private final ValuePlace place;
    private final Chain items;
    private final ByteSet next;
    private volatile @Nullable SortedTree<Integer, AlikeItems> ways;

    /** A linked list of items, the last one first. Those of a node are one with those before it where all go on alike. */
    private record Chain(SeenItems.Item item, @Nullable Chain others, int size, int least) {

        static Chain of(SeenItems.Item item, @Nullable Chain others) {
            return others == null
                    ? new Chain(item, null, 1, item.bytes())
                    : new Chain(item, others, others.size + 1, Math.min(others.least, item.bytes()));
        }
    }

    private AlikeItems(ValuePlace place, Chain items, ByteSet next, @Nullable SortedTree<Integer, AlikeItems> ways) {
        this.place = place;
        this.items = items;
        this.next = next;
        this.ways = ways;
    }

    /** One item before it begins. */
    static AlikeItems of(SeenItems.Item item) {
        return of(ValuePlace.START, Chain.of(item, null));
    }

    private static AlikeItems of(ValuePlace place, Chain items) {
        ByteSet next = ByteSet.NONE;
        for (Chain at = items; at != null; at = at.others) {
            next = next.or(next(place, at.item));
        }
        return new AlikeItems(place, items, next, null);
    }

    /** The bytes with which an item continues; perhaps more. */
    private static ByteSet next(ValuePlace place, SeenItems.Item item) {
        if (place instanceof ValuePlace.Over) {
            return ByteSet.ALL;
        }
        ByteSet[] next = {ByteSet.NONE};
        place.edges(item.value().value(), edge -> next[0] = next[0].or(place.begins(edge)));
        return next[0];
    }

    /** The place that all items have reached. */
    ValuePlace place() {
        return place;
    }

    /** The bytes with which some items continue; perhaps more. */
    ByteSet next() {
        return next;
    }

    /** The least length in bytes of an item. */
    int least() {
        return items.least;
    }

    int size() {
        return items.size;
    }

    /** All items, in no order. */
    List<SeenItems.Item> items() {
        List<SeenItems.Item> all = new ArrayList<>();
        for (Chain at = items; at != null; at = at.others) {
            all.add(at.item);
        }
        return all;
    }

    /** The items that continue with an edge; null if none does. */
    @Nullable
    AlikeItems after(int edge) {
        if (items.size > FEW) {
            SortedTree<Integer, AlikeItems> known = ways;
            if (known == null) {
                known = findWays();
                ways = known;
            }
            return SortedTree.get(known, edge);
        }
        Chain left = null;
        for (Chain at = items; at != null; at = at.others) {
            boolean[] goesOn = {false};
            place.edges(at.item.value().value(), each -> goesOn[0] |= each == edge);
            left = goesOn[0] ? Chain.of(at.item, left) : left;
        }
        return left == null ? null : of(place.then(edge), left.size == items.size ? items : left);
    }

    private @Nullable SortedTree<Integer, AlikeItems> findWays() {
        Map<Integer, Chain> found = new LinkedHashMap<>();
        for (Chain at = items; at != null; at = at.others) {
            SeenItems.Item item = at.item;
            place.edges(item.value().value(), edge -> found.put(edge, Chain.of(item, found.get(edge))));
        }
        SortedTree<Integer, AlikeItems> made = null;
        for (Map.Entry<Integer, Chain> way : found.entrySet()) {
            Chain some = way.getValue();
            Chain left = some.size == items.size ? items : some;
            made = SortedTree.with(made, way.getKey(), of(place.then(way.getKey()), left));
        }
        return made;
    }

    /** A pending addition: a node with one more item, whose child nodes do not have it yet. */
    private static final class Growth {
        final AlikeItems node;
        final int edge;
        final Chain items;
        final Deque<Integer> pending = new ArrayDeque<>();

        @Nullable
        SortedTree<Integer, AlikeItems> ways;

        Growth(AlikeItems node, int edge, Chain items) {
            this.node = node;
            this.edge = edge;
            this.items = items;
            this.ways = node.ways;
            if (ways != null) {
                node.place.edges(items.item.value().value(), pending::add);
            }
        }

        /** The addition to the next child node that exists; null if there is none. Adds child nodes that do not exist yet. */
        @Nullable
        Growth more() {
            while (!pending.isEmpty()) {
                int way = pending.remove();
                AlikeItems behind = SortedTree.get(ways, way);
                if (behind != null) {
                    boolean areSame = behind.items == node.items;
                    return new Growth(behind, way, areSame ? items : Chain.of(items.item, behind.items));
                }
                ways = SortedTree.with(ways, way, of(node.place.then(way), Chain.of(items.item, null)));
            }
            return null;
        }

        AlikeItems grown() {
            return new AlikeItems(node.place, items, node.next.or(next(node.place, items.item)), ways);
        }
    }

    /** With one more item. Iterative: as deep as texts are long. */
    AlikeItems with(SeenItems.Item item) {
        Deque<Growth> open = new ArrayDeque<>();
        open.push(new Growth(this, 0, Chain.of(item, items)));
        while (true) {
            Growth more = open.element().more();
            if (more != null) {
                open.push(more);
                continue;
            }
            Growth done = open.pop();
            Growth before = open.peek();
            if (before == null) {
                return done.grown();
            }
            before.ways = SortedTree.with(before.ways, done.edge, done.grown());
        }
    }
}
