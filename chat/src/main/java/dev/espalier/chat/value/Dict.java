// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dict, which templates cannot change, in order of insertion. */
public final class Dict implements Sized {

    private final Map<Value, Value> entries;
    private static final int HEAVIEST_KEY = 256;

    private final int depth;
    private final long weight;

    /** A dict of entries in their order, which must not change any more. */
    public Dict(Map<Value, Value> entries) {
        this.entries = entries;
        this.depth = Row.depth(entries.values());
        this.weight = Row.weight(entries.keySet()) + Row.weight(entries.values());
    }

    /** A dict of names and their values. */
    public static Dict of(Map<Text, Value> values) {
        return new Dict(new LinkedHashMap<>(values));
    }

    /** Its pairs of keys and values. */
    public DictView items() {
        List<Value> pairs = new ArrayList<>();
        entries.forEach((key, value) -> pairs.add(Tuple.of(key, value)));
        return new DictView("dict_items", pairs);
    }

    /** Its keys. */
    public DictView keys() {
        return new DictView("dict_keys", List.copyOf(entries.keySet()));
    }

    /** Its values. */
    public DictView values() {
        return new DictView("dict_values", List.copyOf(entries.values()));
    }

    @Override
    public long weight() {
        return weight;
    }

    int depth() {
        return depth;
    }

    /** Its entries. */
    public Map<Value, Value> entries() {
        return entries;
    }

    @Override
    public String type() {
        return "dict";
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Iterator<Value> iterator() {
        return entries.keySet().iterator();
    }

    @Override
    public void represent(TextBuilder out) {
        out.enter();
        String separator = "{";
        for (Map.Entry<Value, Value> entry : entries.entrySet()) {
            out.append(separator);
            entry.getKey().represent(out);
            out.append(": ");
            entry.getValue().represent(out);
            separator = ", ";
        }
        out.append(entries.isEmpty() ? "{}" : "}");
        out.leave();
    }

    /** A key, which must be hashable. */
    public static Value key(Value value) {
        if (!isKey(value)) {
            throw Fault.type("unhashable type: '" + value.type() + "'");
        }
        return value;
    }

    /** Whether a value can be a key. */
    public static boolean isKey(Value value) {
        if (value instanceof Tuple && value.weight() > HEAVIEST_KEY) {
            throw Fault.value("a tuple of more than " + HEAVIEST_KEY + " elements is no key");
        }
        return !(value instanceof ListValue || value instanceof Dict)
                && !(value instanceof Tuple tuple && !tuple.items().stream().allMatch(Dict::isKey));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dict dict && entries.equals(dict.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
