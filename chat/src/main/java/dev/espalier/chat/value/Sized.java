// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

/** A value with a length. Empty ones are false. */
public interface Sized extends Iterated {

    /** The number of its elements; code points of a text. */
    int size();

    @Override
    default boolean isTrue() {
        return size() > 0;
    }
}
