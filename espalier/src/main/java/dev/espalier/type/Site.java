// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JavaType;

/**
 * Where a type stands: its path, the constraints that are written there, and the format that is asked for. Below the declarations of a member,
 * such as a field and a getter, are the types of its items.
 *
 * @param path such as {@code Order.lines[]}
 * @param declared the constraints of the member itself
 * @param types the type as its declarations have it, with annotations
 * @param format what {@code @JsonFormat} of the member says
 */
record Site(String path, Set<Constraint> declared, List<AnnotatedType> types, JsonFormat.Value format) {

    /** A type that no member declares. */
    static Site of(String path) {
        return new Site(path, Set.of(), List.of(), JsonFormat.Value.empty());
    }

    /** All constraints on the value that stands here. */
    Set<Constraint> constraints() {
        Set<Constraint> all = new LinkedHashSet<>(declared);
        for (AnnotatedType type : types) {
            all.addAll(Constraint.of(type));
        }
        return all;
    }

    /** The site of a type argument, an array's items have no constraints. */
    Site inside(int argument, String suffix) {
        List<AnnotatedType> inner = new ArrayList<>();
        for (AnnotatedType type : types) {
            if (type instanceof AnnotatedArrayType array) {
                checkItems(array);
            } else if (type instanceof AnnotatedParameterizedType generic
                    && argument < generic.getAnnotatedActualTypeArguments().length) {
                inner.add(generic.getAnnotatedActualTypeArguments()[argument]);
            }
        }
        return new Site(path + suffix, Set.of(), inner, format);
    }

    /** What stands in front of an array is of the array, and of its items to Java alone; validators look at no items. */
    private void checkItems(AnnotatedArrayType array) {
        for (Constraint constraint : Constraint.of(array.getAnnotatedGenericComponentType())) {
            if (!declared.contains(constraint)) {
                throw Refusal.annotation(constraint.written(), path + "[]", "use a List instead of the array");
            }
        }
    }

    /**
     * Checks that no constraint stands here or inside.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming the first that does, but {@code @NotNull}
     */
    void refuseConstraints(JavaType type, boolean here) {
        if (here) {
            for (Constraint constraint : constraints()) {
                if (!constraint.name().equals("NotNull")) {
                    throw Refusal.annotation(
                            constraint.written(), path, "it says nothing exact of " + Refusal.name(type));
                }
            }
        }
        for (AnnotatedType declaration : types) {
            if (declaration instanceof AnnotatedParameterizedType generic) {
                for (AnnotatedType argument : generic.getAnnotatedActualTypeArguments()) {
                    new Site(path + "<>", Set.of(), List.of(argument), format).refuseConstraints(type, true);
                }
            }
        }
    }
}
