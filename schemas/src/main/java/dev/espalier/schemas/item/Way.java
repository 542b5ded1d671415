// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.schemas.json.ReadValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The path to a part of a value that is being read: which item of which array, which member of which object. All values that begin
 * alike have such a part. Immutable.
 *
 * @param outer the way to the container; null for the whole value
 * @param key the key of a member; null of an item
 * @param index the index of an item
 * @param keys the keys of an object up to this one
 */
record Way(@Nullable Way outer, @Nullable String key, int index, Set<String> keys) {

    /** The way to the whole value. */
    static final Way WHOLE = new Way(null, null, 0, Set.of());

    Way item(int index) {
        return new Way(this, null, index, Set.of());
    }

    /** The way to a member of the object that this way leads to, after some other members. */
    Way member(String key, Set<String> before) {
        Set<String> keys = new HashSet<>(before);
        keys.add(key);
        return new Way(this, key, 0, keys);
    }

    /** Where it leads in a value that has such a part. */
    ReadValue in(ReadValue whole) {
        if (outer == null) {
            return whole;
        }
        List<Way> steps = new ArrayList<>();
        for (Way at = this; at != null && at.outer != null; at = at.outer) {
            steps.add(at);
        }
        ReadValue value = whole;
        for (int i = steps.size() - 1; i >= 0; i--) {
            value = steps.get(i).step(value);
        }
        return value;
    }

    private ReadValue step(ReadValue container) {
        return container instanceof ReadValue.Members object
                ? Objects.requireNonNull(object.members().get(key))
                : ((ReadValue.Items) container).items().get(index);
    }
}
