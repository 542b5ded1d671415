// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

/**
 * Observer of a value that is being written. All methods do nothing by default. What is told once is never taken back.
 *
 * <p>Called in the order of the text by the thread that reads it: {@link #begin}, then what is inside, then {@link #end}. Only {@link #forced},
 * {@link #absent} and {@link #known} run ahead of what is written. The calls are the same however the text is cut into pieces, but for {@link
 * #text}: what it tells between begin and end is the string as a whole.
 */
public interface ValueListener {

    /** An observer that does nothing. */
    ValueListener NONE = new ValueListener() {};

    /** The first byte of a value was written. */
    default void begin(ValuePath path, ValueKind kind) {}

    /**
     * A string grew.
     *
     * @param delta at least one character, without escapes; a character is never cut in two
     */
    default void text(ValuePath path, String delta) {}

    /** A value was written to its end. For a number, what follows it was written, too: only that tells. */
    default void end(ValuePath path, PartialValue value) {}

    /** A value is not written to its end, but can only become this one. The end is told later. */
    default void forced(ValuePath path, PartialValue value) {}

    /** An object will not have a member that its schema names. */
    default void absent(ValuePath path) {}

    /** A value is certain, forced or at its end: told once for each, before {@link #forced} and {@link #end}; inner values first. */
    default void known(ValuePath path, PartialValue value) {}

    /** This listener, and then another. */
    default ValueListener and(ValueListener other) {
        ValueListener one = this;
        return new ValueListener() {
            @Override
            public void begin(ValuePath path, ValueKind kind) {
                one.begin(path, kind);
                other.begin(path, kind);
            }

            @Override
            public void text(ValuePath path, String delta) {
                one.text(path, delta);
                other.text(path, delta);
            }

            @Override
            public void end(ValuePath path, PartialValue value) {
                one.end(path, value);
                other.end(path, value);
            }

            @Override
            public void forced(ValuePath path, PartialValue value) {
                one.forced(path, value);
                other.forced(path, value);
            }

            @Override
            public void absent(ValuePath path) {
                one.absent(path);
                other.absent(path);
            }

            @Override
            public void known(ValuePath path, PartialValue value) {
                one.known(path, value);
                other.known(path, value);
            }
        };
    }
}
