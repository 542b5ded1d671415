// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.core.error.IncompleteException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value, or the place of one, as far as it was known at a moment: a snapshot. Immutable and thread-safe. Taking one costs constant time and
 * shares all that is known with others; what is looked up in it is read from the text then.
 */
public final class PartialValue {

    /** What a snapshot holds: the text, and the value as far as it is known. */
    private static final class Moment {
        private final JsonText text;
        private final int committed;
        private final @Nullable Frame top;
        private final @Nullable Scalar scalar;
        private volatile Frame @Nullable [] open;

        Moment(JsonText text, int committed, @Nullable Frame top, @Nullable Scalar scalar) {
            this.text = text;
            this.committed = committed;
            this.top = top;
            this.scalar = scalar;
        }

        /** The containers that are open, the outermost first; worked out when it is first asked for. */
        Frame[] open() {
            Frame[] known = open;
            if (known == null) {
                known = Stream.iterate(top, Objects::nonNull, Frame::below).toArray(Frame[]::new);
                Collections.reverse(Arrays.asList(known));
                open = known;
            }
            return known;
        }
    }

    /** A string, number or literal that is not known yet. */
    record Scalar(ValuePath path, ValueKind kind, int start, int cut) {}

    /** A value of which nothing is known: pending. */
    public static final PartialValue NOTHING = of(new JsonText(new byte[0]), 0, null, null);

    private final Moment moment;
    private final @Nullable Node node;
    /** Which of the open containers this value is; their number for the scalar under way; -1 for none of these. */
    private final int level;

    private final ValueState missing;

    private PartialValue(Moment moment, @Nullable Node node, int level, ValueState missing) {
        this.moment = moment;
        this.node = node;
        this.level = level;
        this.missing = missing;
    }

    /** A known value. */
    static PartialValue of(JsonText text, int committed, Node node) {
        return new PartialValue(new Moment(text, committed, null, null), node, -1, ValueState.PENDING);
    }

    /** The whole value, not known yet: the innermost container that is open, and the scalar in it. */
    static PartialValue of(JsonText text, int committed, @Nullable Frame top, @Nullable Scalar scalar) {
        int level = top == null && scalar == null ? -1 : 0;
        return new PartialValue(new Moment(text, committed, top, scalar), null, level, ValueState.PENDING);
    }

    private @Nullable Frame frame() {
        return level >= 0 && level < moment.open().length ? moment.open()[level] : null;
    }

    private @Nullable Scalar scalar() {
        return level >= 0 && level == moment.open().length ? moment.scalar : null;
    }

    /** What is known of it. */
    public ValueState state() {
        Frame frame = frame();
        Scalar scalar = scalar();
        if (node != null) {
            return node.proof() <= moment.committed ? ValueState.COMPLETE : ValueState.FORCED;
        } else if (frame != null) {
            return frame.start() < moment.committed ? ValueState.PARTIAL : ValueState.PENDING;
        } else if (scalar != null) {
            return scalar.start() < moment.committed ? ValueState.PARTIAL : ValueState.PENDING;
        }
        return missing;
    }

    /** Whether the value is known: forced or complete. */
    public boolean isKnown() {
        return node != null;
    }

    /** What it is; empty if that is not known, and if it is absent. */
    public Optional<ValueKind> kind() {
        Frame frame = frame();
        Scalar scalar = scalar();
        return Optional.ofNullable(
                node != null ? node.kind() : frame != null ? frame.kind() : scalar != null ? scalar.kind() : null);
    }

    /**
     * The value at a JSON pointer from here. Cost: linear in the members of the objects on the way.
     *
     * @param pointer as RFC 6901 has it: empty for this value, {@code /items/0/price}
     * @throws dev.espalier.core.error.InvalidInputException if it is no pointer
     */
    public PartialValue get(String pointer) {
        PartialValue at = this;
        for (String step : Pointers.steps(pointer)) {
            at = at.child(step);
        }
        return at;
    }

    /** The member with a key; {@link ValueState#ABSENT} if this is known to be no object. */
    public PartialValue member(String key) {
        return kind().filter(kind -> kind == ValueKind.ARRAY).isPresent() ? none(ValueState.ABSENT) : child(key);
    }

    /** The item at an index, from 0; {@link ValueState#ABSENT} if this is known to be no array. */
    public PartialValue item(int index) {
        return kind().filter(kind -> kind == ValueKind.OBJECT).isPresent()
                ? none(ValueState.ABSENT)
                : child(String.valueOf(index));
    }

    private PartialValue child(String step) {
        Frame frame = frame();
        if (node == null && frame == null) {
            return none(kind().isPresent() ? ValueState.ABSENT : missing);
        }
        boolean isObject = kind().equals(Optional.of(ValueKind.OBJECT));
        Node.Children inside = inside();
        int index = isObject ? find(inside, step) : Pointers.index(step);
        if (index >= 0 && index < inside.size()) {
            return new PartialValue(moment, inside.nodes()[index], -1, ValueState.PENDING);
        } else if (frame == null) {
            return none(ValueState.ABSENT);
        }
        ValuePath underWay = underWay();
        if (underWay != null && (isObject ? underWay.isMember(step) : underWay.isItem(index))) {
            return new PartialValue(moment, null, level + 1, ValueState.PENDING);
        }
        boolean isOut = isObject ? !frame.key().equals(step) && frame.isPassed(step) : index < 0;
        return none(isOut ? ValueState.ABSENT : ValueState.PENDING);
    }

    /** What is known inside of an object or array. */
    private Node.Children inside() {
        Frame frame = frame();
        return node != null ? node.children() : frame != null ? frame.children() : Node.Children.NONE;
    }

    /** The member or item of an open container that is under way; null if there is none. */
    private @Nullable ValuePath underWay() {
        if (level + 1 < moment.open().length) {
            return moment.open()[level + 1].path();
        }
        return moment.scalar == null ? null : moment.scalar.path();
    }

    private PartialValue none(ValueState state) {
        return new PartialValue(moment, null, -1, state);
    }

    private static int find(Node.Children children, String key) {
        for (int i = children.size() - 1; i >= 0; i--) {
            if (children.nodes()[i].path().isMember(key)) {
                return i;
            }
        }
        return -1;
    }

    /** How many members or items are known or under way; 0 of other values. */
    public int size() {
        return inside().size() + (frame() != null && underWay() != null ? 1 : 0);
    }

    /** The keys of the members that are known or under way, in order; none of other values. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        children().forEach(child -> child.place().flatMap(ValuePath::key).ifPresent(keys::add));
        return keys;
    }

    /** The members or items that are known or under way, in order. */
    public List<PartialValue> children() {
        Node.Children inside = inside();
        List<PartialValue> all = new ArrayList<>();
        for (int i = 0; i < inside.size(); i++) {
            all.add(new PartialValue(moment, inside.nodes()[i], -1, ValueState.PENDING));
        }
        if (size() > inside.size()) {
            all.add(new PartialValue(moment, null, level + 1, ValueState.PENDING));
        }
        return all;
    }

    /** Where it is in the whole value; empty if it is not begun. */
    public Optional<ValuePath> place() {
        Frame frame = frame();
        Scalar scalar = scalar();
        return Optional.ofNullable(
                node != null ? node.path() : frame != null ? frame.path() : scalar != null ? scalar.path() : null);
    }

    /** What a string says, as far as that is known: a prefix of what it will say. Empty for what is no string. Cost: linear in it. */
    public String text() {
        Scalar scalar = scalar();
        if (node != null && node.kind() == ValueKind.STRING) {
            return moment.text.string(node.start() + 1, node.end() - 1);
        }
        return scalar != null && scalar.kind() == ValueKind.STRING
                ? moment.text.string(scalar.start() + 1, scalar.cut())
                : "";
    }

    /**
     * The JSON text of a value that is known, as it is written. Cost: linear in it.
     *
     * @throws IncompleteException if it is not known
     */
    public String json() {
        Node known = known();
        return moment.text.json(known.start(), known.end());
    }

    /**
     * A value that is known: a {@code String}, {@code Boolean}, {@code Integer}, {@code Long}, {@code BigInteger} or {@code BigDecimal}, a {@code
     * List}, a {@code Map} in the order of its keys, or null. Cost: linear in it.
     *
     * @throws IncompleteException if it is not known
     * @throws dev.espalier.core.error.InvalidInputException if a number has an exponent that no {@code BigDecimal} has
     */
    public @Nullable Object value() {
        Node known = known();
        return moment.text.value(known.start(), known.end());
    }

    private Node known() {
        if (node == null) {
            throw new IncompleteException("the value is " + state() + ", so that nobody knows what it will be");
        }
        return node;
    }

    /** The state, and what is known. */
    @Override
    public String toString() {
        return node != null ? state() + " " + json() : state() + (text().isEmpty() ? "" : " " + text());
    }
}
