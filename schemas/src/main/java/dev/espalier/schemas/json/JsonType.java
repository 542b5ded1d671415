// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.json;

import org.jspecify.annotations.Nullable;

/** The kinds of JSON values that the first byte tells apart. */
public enum JsonType {
    NULL,
    TRUE,
    FALSE,
    NUMBER,
    STRING,
    ARRAY,
    OBJECT;

    /** The kind of the values that begin with a byte; null if none do. */
    public static @Nullable JsonType of(int symbol) {
        return switch (symbol) {
            case 'n' -> NULL;
            case 't' -> TRUE;
            case 'f' -> FALSE;
            case '"' -> STRING;
            case '[' -> ARRAY;
            case '{' -> OBJECT;
            default -> symbol == '-' || (symbol >= '0' && symbol <= '9') ? NUMBER : null;
        };
    }
}
