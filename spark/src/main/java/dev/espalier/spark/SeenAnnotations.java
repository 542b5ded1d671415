// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.core.error.InvalidInputException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Set;

/** Annotations of Jackson on Java types: the jar with everything in it has its own, under another name, and would not see them. */
final class SeenAnnotations {

    /** In parts, since the tool that renames packages renames them in texts, too. */
    private static final String USUAL = String.join(".", "com", "fasterxml", "jackson", "annotation");

    private final String seen;
    private final Set<Class<?>> known = new HashSet<>();

    private SeenAnnotations(String seen) {
        this.seen = seen;
    }

    /**
     * Refuses a type with annotations that would not be kept.
     *
     * @throws InvalidInputException naming the annotation and what has it
     */
    static void require(Class<?> type) {
        require(type, JsonProperty.class.getPackageName());
    }

    /** As above, where those of a package are seen. */
    static void require(Class<?> type, String seen) {
        if (!seen.equals(USUAL)) {
            new SeenAnnotations(seen).walk(type);
        }
    }

    private void walk(Class<?> type) {
        if (type.isArray()) {
            walk(type.getComponentType());
        } else if (!type.isPrimitive() && !type.getName().startsWith("java.") && known.add(type)) {
            check(type, type.getName());
            for (Field field : type.getDeclaredFields()) {
                check(field, type.getName() + "." + field.getName());
                walk(field.getType());
            }
            for (Method method : type.getDeclaredMethods()) {
                check(method, type.getName() + "." + method.getName());
            }
            if (type.isSealed()) {
                for (Class<?> permitted : type.getPermittedSubclasses()) {
                    walk(permitted);
                }
            }
            if (type.isRecord()) {
                for (RecordComponent component : type.getRecordComponents()) {
                    walkArguments(component.getGenericType());
                }
            }
        }
    }

    /** The elements of lists, maps and optional values. */
    private void walkArguments(java.lang.reflect.Type type) {
        if (type instanceof Class<?> plain) {
            walk(plain);
        } else if (type instanceof java.lang.reflect.ParameterizedType parameterized) {
            for (java.lang.reflect.Type argument : parameterized.getActualTypeArguments()) {
                walkArguments(argument);
            }
        }
    }

    private void check(AnnotatedElement element, String name) {
        for (Annotation annotation : element.getAnnotations()) {
            String type = annotation.annotationType().getName();
            if (type.startsWith(USUAL + ".")) {
                throw new InvalidInputException("record: " + name + " has @"
                        + annotation.annotationType().getSimpleName()
                        + ", and this jar sees annotations of " + seen + " only; give a JSON Schema by schema(…)");
            }
        }
    }
}
