// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a Java type before its schema is made and refuses what has no exact JSON Schema, naming the type and the
 * record component that it stands in. One walk, one thread.
 */
final class JavaTypeCheck {

    private final Set<String> seen = new HashSet<>();

    /** The records that every value of the present one lies in: none may come again. */
    private Set<String> around = new HashSet<>();

    private JavaTypeCheck() {}

    /**
     * Checks a type and everything it contains.
     *
     * @throws UnsupportedFeatureException naming the first type that has no exact schema
     */
    static void check(Type type) {
        new JavaTypeCheck().visit(type, "", Map.of(), false);
    }

    private void visit(Type type, String path, Map<TypeVariable<?>, Type> bindings, boolean component) {
        if (type instanceof TypeVariable<?> variable) {
            Type bound = bindings.get(variable);
            if (bound == null) {
                throw refused(type, path, "give the type argument, through a component or a wrapping record");
            }
            visit(bound, path, Map.of(), component);
        } else if (type instanceof GenericArrayType array) {
            visitOptional(array.getGenericComponentType(), path + "[]", bindings);
        } else if (type instanceof ParameterizedType parameterized) {
            visitParameterized(parameterized, path, bindings, component);
        } else if (type instanceof Class<?> raw) {
            visitClass(raw, path, component);
        } else {
            throw refused(type, path, "wildcards have no schema; name the type");
        }
    }

    private void visitParameterized(
            ParameterizedType type, String path, Map<TypeVariable<?>, Type> bindings, boolean component) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == List.class || raw == Collection.class) {
            visitOptional(arguments[0], path + "[]", bindings);
        } else if (raw == Optional.class) {
            requireComponent(type, path, component);
            visitOptional(arguments[0], path, bindings);
        } else if (raw == Map.class) {
            if (arguments[0] != String.class) {
                throw refused(type, path, "the keys of a map must be String");
            }
            visitOptional(arguments[1], path + "{}", bindings);
        } else if (raw.isRecord()) {
            Map<TypeVariable<?>, Type> inner = new HashMap<>();
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                inner.put(variables[i], resolved(arguments[i], bindings));
            }
            visitRecord(raw, path, inner, type.getTypeName() + bindings);
        } else {
            throw refused(type, path, advice(raw));
        }
    }

    private static Type resolved(Type argument, Map<TypeVariable<?>, Type> bindings) {
        return argument instanceof TypeVariable<?> variable ? bindings.getOrDefault(variable, argument) : argument;
    }

    private void visitClass(Class<?> type, String path, boolean component) {
        if (ScalarTypes.isOptional(type)) {
            requireComponent(type, path, component);
        }
        if (ScalarTypes.schema(type) != null) {
            return;
        }
        if (type.isEnum()) {
            if (type.getEnumConstants().length == 0) {
                throw refused(type, path, "an enum without constants has no value");
            }
        } else if (type.isArray()) {
            visitOptional(type.getComponentType(), path + "[]", Map.of());
        } else if (type.isRecord() && type.getTypeParameters().length == 0) {
            visitRecord(type, path, Map.of(), type.getName());
        } else {
            throw refused(type, path, advice(type));
        }
    }

    private void visitRecord(Class<?> type, String path, Map<TypeVariable<?>, Type> bindings, String key) {
        if (around.contains(key)) {
            throw refused(
                    type,
                    path,
                    "a value of it contains another without end; make this component an Optional or a List");
        }
        if (!seen.add(key)) {
            return;
        }
        around.add(key);
        String prefix = path.isEmpty() ? type.getSimpleName() : path;
        for (RecordComponent component : type.getRecordComponents()) {
            visit(component.getGenericType(), prefix + "." + component.getName(), bindings, true);
        }
        around.remove(key);
    }

    /** Visits what need not be there: items, members, contents of optionals. */
    private void visitOptional(Type type, String path, Map<TypeVariable<?>, Type> bindings) {
        Set<String> outside = around;
        around = new HashSet<>();
        visit(type, path, bindings, false);
        around = outside;
    }

    private static void requireComponent(Type type, String path, boolean component) {
        if (!component) {
            throw refused(type, path, "an optional stands for a record component that may be left out, nothing else");
        }
    }

    private static String advice(Class<?> type) {
        if (Set.class.isAssignableFrom(type)) {
            return "use List: a set's \"no value twice\" is not supported yet";
        }
        if (type.isSealed()) {
            return "sealed types are not supported yet; use a record with an enum that says which";
        }
        if (type.getTypeParameters().length > 0) {
            return "give its type arguments, or use a record, List, Map<String, …> or Optional";
        }
        return "use a record, an enum, a list, an optional or a scalar type";
    }

    private static UnsupportedFeatureException refused(Type type, String path, String advice) {
        String where = path.isEmpty() ? "" : " of " + path;
        return new UnsupportedFeatureException(
                type.getTypeName(),
                "the Java type " + type.getTypeName() + where + " has no exact JSON Schema: " + advice,
                Place.UNKNOWN);
    }
}
