// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.Iterator;
import java.util.List;

/** The keys, values or items of a dict: a value with a length that has no indexes. */
public final class DictView implements Sized {

    private final String type;
    private final List<Value> items;

    /** A view of the type {@code dict_keys}, {@code dict_values} or {@code dict_items}. */
    public DictView(String type, List<Value> items) {
        this.type = type;
        this.items = items;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public Iterator<Value> iterator() {
        return items.iterator();
    }

    @Override
    public void represent(TextBuilder out) {
        out.append(type).append("(");
        new ListValue(items).represent(out);
        out.append(")");
    }
}
