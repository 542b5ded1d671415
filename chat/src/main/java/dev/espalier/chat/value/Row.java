// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.Iterator;
import java.util.List;

/** A list or a tuple of values. */
public abstract class Row implements Indexed {

    /** The deepest nesting of lists and dicts. */
    private static final long HEAVIEST = 1L << 60;

    private final List<Value> items;
    private final int depth;
    private final long weight;

    Row(List<Value> items) {
        this.items = items;
        this.depth = depth(items);
        this.weight = weight(items);
    }

    /** The depth of a container: one more than that of its deepest element. */
    static int depth(Iterable<Value> items) {
        int deepest = 0;
        for (Value item : items) {
            int below = item instanceof Row row ? row.depth : item instanceof Dict dict ? dict.depth() : 0;
            deepest = Math.max(deepest, below);
        }
        Depth.check(deepest + 1);
        return deepest + 1;
    }

    /** The weight of a container, or a very large number. */
    static long weight(Iterable<Value> items) {
        long weight = 1;
        for (Value item : items) {
            weight = Math.min(HEAVIEST, weight + item.weight());
        }
        return weight;
    }

    /** Its elements. */
    public final List<Value> items() {
        return items;
    }

    @Override
    public final long weight() {
        return weight;
    }

    @Override
    public final Value at(int index) {
        return items.get(index);
    }

    @Override
    public final int size() {
        return items.size();
    }

    @Override
    public final Iterator<Value> iterator() {
        return items.iterator();
    }

    final void represent(TextBuilder out, String open, String close) {
        out.enter();
        String separator = open;
        for (Value item : items) {
            out.append(separator);
            item.represent(out);
            separator = ", ";
        }
        out.append(items.isEmpty() ? open + close : close);
        out.leave();
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Row row && row.type().equals(type()) && items.equals(row.items);
    }

    @Override
    public final int hashCode() {
        return items.hashCode();
    }
}
