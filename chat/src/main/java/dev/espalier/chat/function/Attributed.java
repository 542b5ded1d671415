// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.function;

import dev.espalier.chat.value.Value;
import org.jspecify.annotations.Nullable;

/** A value with attributes of its own. */
public interface Attributed extends Value {

    /** The value of an attribute; null if it has none of that name. */
    @Nullable
    Value attribute(String name);
}
