// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.util.stream.Collectors;
import tools.jackson.databind.JavaType;

/** How Java types and annotations that have no exact JSON Schema are named in errors. */
final class Refusal {

    private Refusal() {}

    /** The error for a type at a path such as {@code Order.lines[]}; the path of the type that was asked for is empty. */
    static UnsupportedFeatureException type(JavaType type, String path, String why) {
        String name = name(type);
        return of(name, "the Java type " + name + at(path) + " has no exact JSON Schema: " + why);
    }

    /** The error for an annotation at a path. */
    static UnsupportedFeatureException annotation(String name, String path, String why) {
        return of(name, name + at(path) + " cannot be kept while writing: " + why);
    }

    private static UnsupportedFeatureException of(String feature, String message) {
        return new UnsupportedFeatureException(feature, message, Place.UNKNOWN);
    }

    private static String at(String path) {
        return path.isEmpty() ? "" : " of " + path;
    }

    /** A type as it is written in Java, with the full names of its classes. */
    static String name(JavaType type) {
        if (type.isArrayType()) {
            return name(type.getContentType()) + "[]";
        }
        String raw = type.getRawClass().getTypeName();
        if (type.getBindings().isEmpty()) {
            return raw;
        }
        return raw
                + type.getBindings().getTypeParameters().stream()
                        .map(Refusal::name)
                        .collect(Collectors.joining(", ", "<", ">"));
    }
}
