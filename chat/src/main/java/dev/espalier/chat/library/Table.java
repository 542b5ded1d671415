// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.Builtin;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions by name. */
final class Table {

    private final Map<String, Builtin> functions = new HashMap<>();

    /** Adds a function with some names, separated by blanks. */
    void define(String names, String parameters, Builtin.Body body) {
        for (String name : names.split(" ")) {
            functions.put(name, new Builtin(name, parameters, body));
        }
    }

    @Nullable
    Builtin get(String name) {
        return functions.get(name);
    }

    Set<String> names() {
        return functions.keySet();
    }
}
