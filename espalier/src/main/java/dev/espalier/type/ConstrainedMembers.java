// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.beans.Introspector;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields and getters of a class, of those it extends and implements included, on which or in whose types constraints stand: all that a
 * validator looks at, whether Jackson uses it or not. One use, one thread.
 */
final class ConstrainedMembers {

    private record Declaration(Set<Constraint> constraints, AnnotatedType type) {}

    private final Class<?> type;
    private final Map<String, List<Declaration>> byName = new LinkedHashMap<>();

    ConstrainedMembers(Class<?> type) {
        this.type = type;
        for (Class<?> at : supertypes(type)) {
            for (Field field : at.getDeclaredFields()) {
                add(field.getName(), field, field.getAnnotatedType());
            }
            for (Method method : at.getDeclaredMethods()) {
                String property = property(method, at);
                if (property != null) {
                    add(property, method, method.getAnnotatedReturnType());
                }
            }
        }
    }

    /** The class, the classes that it extends, and all their interfaces, each once. */
    private static Set<Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> at = type; at != null && at != Object.class && at != Record.class; at = at.getSuperclass()) {
            all.add(at);
            for (Class<?> interfaceOf : at.getInterfaces()) {
                all.addAll(supertypes(interfaceOf));
            }
        }
        return all;
    }

    private static @Nullable String property(Method method, Class<?> in) {
        if (method.getParameterCount() > 0 || method.isSynthetic() || method.getReturnType() == void.class) {
            return null;
        }
        String name = method.getName();
        if (in.isRecord()
                && Arrays.stream(in.getRecordComponents())
                        .anyMatch(component -> component.getName().equals(name))) {
            return name;
        }
        if (name.startsWith("get") && name.length() > 3) {
            return Introspector.decapitalize(name.substring(3));
        }
        return name.startsWith("is") && name.length() > 2 && method.getReturnType() == boolean.class
                ? Introspector.decapitalize(name.substring(2))
                : null;
    }

    private void add(String name, AnnotatedElement element, AnnotatedType declared) {
        Set<Constraint> constraints = Constraint.of(element);
        if (!constraints.isEmpty() || hasConstraint(declared)) {
            byName.computeIfAbsent(name, key -> new ArrayList<>()).add(new Declaration(constraints, declared));
        }
    }

    private static boolean hasConstraint(AnnotatedType type) {
        if (!Constraint.of(type).isEmpty()) {
            return true;
        }
        if (type instanceof AnnotatedArrayType array) {
            return hasConstraint(array.getAnnotatedGenericComponentType());
        }
        return type instanceof AnnotatedParameterizedType generic
                && Arrays.stream(generic.getAnnotatedActualTypeArguments()).anyMatch(ConstrainedMembers::hasConstraint);
    }

    /** Takes what stands on a property, and on the parameter of the constructor that sets it. */
    Site take(String property, @Nullable Parameter parameter, Site site) {
        List<Declaration> declarations = new ArrayList<>();
        List<Declaration> ofMember = byName.remove(property);
        if (ofMember != null) {
            declarations.addAll(ofMember);
        }
        if (parameter != null) {
            declarations.add(new Declaration(Constraint.of(parameter), parameter.getAnnotatedType()));
        }
        Set<Constraint> constraints = new LinkedHashSet<>();
        List<AnnotatedType> types = new ArrayList<>();
        for (Declaration declaration : declarations) {
            constraints.addAll(declaration.constraints);
            types.add(declaration.type);
        }
        return new Site(site.path(), constraints, types, site.format());
    }

    /**
     * Checks that all has been taken, and that no constraint is on the class itself.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming the first constraint that nothing keeps
     */
    void refuseRest(String path) {
        for (Constraint constraint : Constraint.of(type)) {
            throw Refusal.annotation(constraint.written(), path, "no keyword of JSON Schema says it of a whole object");
        }
        byName.forEach((name, declarations) -> {
            Set<Constraint> constraints = new LinkedHashSet<>();
            declarations.forEach(declaration -> {
                constraints.addAll(declaration.constraints);
                constraints.addAll(Constraint.of(declaration.type));
            });
            String named = constraints.isEmpty()
                    ? "a constraint"
                    : constraints.iterator().next().written();
            throw Refusal.annotation(named, path + "." + name, "it is not a member that is read from JSON");
        });
    }
}
