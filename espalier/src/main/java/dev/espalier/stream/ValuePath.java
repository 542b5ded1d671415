// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The place of a value within another: keys and indices, the innermost first. Immutable; paths share what is above. A path costs constant time and
 * space to make, and its pointer is made when it is asked for.
 */
public final class ValuePath {

    /** The whole value. */
    public static final ValuePath ROOT = new ValuePath(null, null, -1);

    private final @Nullable ValuePath parent;
    private final @Nullable String key;
    private final int index;
    private final int depth;

    private ValuePath(@Nullable ValuePath parent, @Nullable String key, int index) {
        this.parent = parent;
        this.key = key;
        this.index = index;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    /** The path of a member of the object here. */
    public ValuePath member(String name) {
        return new ValuePath(this, Objects.requireNonNull(name, "name"), -1);
    }

    /** The path of an item of the array here, from 0. */
    public ValuePath item(int place) {
        return new ValuePath(this, null, place);
    }

    /** The path of what the value is in; empty for the whole value. */
    public Optional<ValuePath> parent() {
        return Optional.ofNullable(parent);
    }

    /** The key of a member; empty for items and the whole value. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** The index of an item, from 0; empty for members and the whole value. */
    public OptionalInt index() {
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** How many values it is in. */
    public int depth() {
        return depth;
    }

    @Nullable
    ValuePath above() {
        return parent;
    }

    /** The last step as a pointer spells it, without escapes. */
    String step() {
        return key != null ? key : String.valueOf(index);
    }

    /** Whether the last step is a key. */
    boolean isMember(String name) {
        return name.equals(key);
    }

    /** Whether the last step is an index. */
    boolean isItem(int place) {
        return index == place;
    }

    /** The JSON pointer (RFC 6901): empty for the whole value, {@code /items/0/price}. Cost: linear in it. */
    public String pointer() {
        Deque<String> steps = new ArrayDeque<>();
        for (ValuePath at = this; at.parent != null; at = at.parent) {
            steps.push(at.step());
        }
        StringBuilder pointer = new StringBuilder();
        steps.forEach(step -> pointer.append('/').append(step.replace("~", "~0").replace("/", "~1")));
        return pointer.toString();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ValuePath that) || depth != that.depth) {
            return false;
        }
        ValuePath one = this;
        for (ValuePath two = that; one != null && two != null && one != two; two = two.parent) {
            if (one.index != two.index || !Objects.equals(one.key, two.key)) {
                return false;
            }
            one = one.parent;
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = depth;
        for (ValuePath at = this; at != null; at = at.parent) {
            hash = 31 * hash + 7 * at.index + Objects.hashCode(at.key);
        }
        return hash;
    }

    /** The pointer. */
    @Override
    public String toString() {
        return pointer();
    }
}
