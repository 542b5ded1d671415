// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

/** A value of the template language. Immutable, except for namespaces and what iterates. Equality is that of Python's {@code ==}. */
public interface Value {

    /** The name of its type in Python: {@code str}, {@code dict}. */
    String type();

    /** Its truth in conditions. */
    default boolean isTrue() {
        return true;
    }

    /** The steps that a comparison with it may take: its elements, those of its elements and so on, and lengths of texts. */
    default long weight() {
        return 1;
    }

    /** Its text, as Python's {@code str} gives it. */
    default void print(TextBuilder out) {
        represent(out);
    }

    /** Its notation, as Python's {@code repr} gives it. */
    void represent(TextBuilder out);
}
