// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

/** A sequence: its elements have indexes. */
public interface Indexed extends Sized {

    /** The element at an index from 0 to below the size. */
    Value at(int index);
}
