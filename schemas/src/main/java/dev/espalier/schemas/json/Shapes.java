// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.json;

import dev.espalier.core.collect.SequenceIndex;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shapes of the JSON values of a compilation: numbers that two values share exactly when they are equal by JSON Schema's equality. Not
 * thread-safe.
 */
public final class Shapes {

    private static final int ARRAY = 0;
    private static final int OBJECT = 1;

    /** Strings, keys included, and numbers; their shapes are even. */
    private final Map<Object, Integer> scalars = new HashMap<>();
    /** Arrays and objects by their contents; their shapes are odd. */
    private final SequenceIndex containers = new SequenceIndex();

    private int[] parts = new int[64];

    /** The shape of a string. */
    public int of(String text) {
        return scalar(text);
    }

    /** The shape of a number without trailing zeros. */
    int of(BigDecimal number) {
        return scalar(number);
    }

    /** The shape of {@code null}, {@code true} or {@code false}. */
    int ofLiteral(String name) {
        return name.equals("null") ? -1 : name.equals("true") ? -2 : -3;
    }

    private int scalar(Object key) {
        Integer known = scalars.putIfAbsent(key, scalars.size());
        return 2 * (known == null ? scalars.size() - 1 : known);
    }

    /** The shape of an array. */
    int of(List<JsonValue> items) {
        room(items.size() + 1);
        parts[0] = ARRAY;
        int size = 1;
        for (JsonValue item : items) {
            parts[size++] = item.shape();
        }
        return 2 * containers.add(parts, size) + 1;
    }

    /** The shape of an object. */
    int of(Map<String, JsonValue> members) {
        long[] sorted = new long[members.size()];
        int count = 0;
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            sorted[count++] =
                    (long) of(member.getKey()) << 32 | member.getValue().shape() & 0xFFFFFFFFL;
        }
        Arrays.sort(sorted);
        room(2 * count + 1);
        parts[0] = OBJECT;
        int size = 1;
        for (long member : sorted) {
            parts[size++] = (int) (member >> 32);
            parts[size++] = (int) member;
        }
        return 2 * containers.add(parts, size) + 1;
    }

    private void room(int size) {
        if (size > parts.length) {
            parts = new int[2 * size];
        }
    }
}
