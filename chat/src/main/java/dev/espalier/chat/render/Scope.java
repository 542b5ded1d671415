// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.render;

import dev.espalier.chat.value.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a block, inside those of the blocks around it. */
final class Scope {

    private final @Nullable Scope outer;
    private final Map<String, Value> values;

    /** The scope of a template, with the variables from outside. */
    Scope(Map<String, Value> variables) {
        this.outer = null;
        this.values = variables;
    }

    /** A scope inside another one. */
    Scope(Scope outer) {
        this.outer = outer;
        this.values = new HashMap<>(4);
    }

    void set(String name, Value value) {
        values.put(name, value);
    }

    @Nullable
    Value find(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Value value = scope.values.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
