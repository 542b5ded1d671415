// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.Iterator;

/** A value that loops and filters can go through. */
public interface Iterated extends Value {

    /** Its elements in order. */
    Iterator<Value> iterator();
}
