// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Java type of the table, with the schema that it must have.
 *
 * @param schema empty where it is long
 */
record Row(Type type, Optional<String> schema) {

    static Row of(Type type) {
        return new Row(type, Optional.empty());
    }

    static Row of(Type type, String schema) {
        return new Row(type, Optional.of(schema.replace('\'', '"')));
    }

    /** A type with arguments, by a raw class and its arguments. */
    static Type generic(Class<?> raw, Type... arguments) {
        return new ParameterizedType() {
            @Override
            public Type[] getActualTypeArguments() {
                return arguments.clone();
            }

            @Override
            public Type getRawType() {
                return raw;
            }

            @Override
            public @Nullable Type getOwnerType() {
                return raw.getEnclosingClass();
            }

            @Override
            public String getTypeName() {
                return raw.getSimpleName() + java.util.Arrays.toString(arguments);
            }
        };
    }

    @Override
    public String toString() {
        return type instanceof Class<?> raw ? raw.getSimpleName() : type.getTypeName();
    }
}
