// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A constraint of Jakarta Validation, such as {@code @Size(max = 3)}. Its annotation is known by its name, so that nobody needs the library:
 * where it is not on the class path, the Java machine leaves its annotations out.
 */
record Constraint(Annotation annotation) {

    private static final String PACKAGE = "jakarta.validation.constraints.";
    private static final Set<String> MARKERS = Set.of("jakarta.validation.Constraint", "javax.validation.Constraint");

    /** The constraints among some annotations, those that repeat one by one. */
    static Set<Constraint> of(Annotation... annotations) {
        Set<Constraint> constraints = new LinkedHashSet<>();
        for (Annotation annotation : annotations) {
            add(annotation, constraints);
        }
        return constraints;
    }

    static Set<Constraint> of(AnnotatedElement element) {
        return of(element.getAnnotations());
    }

    private static void add(Annotation annotation, Set<Constraint> into) {
        if (isConstraint(annotation)) {
            into.add(new Constraint(annotation));
            return;
        }
        for (Annotation repeated : repeated(annotation)) {
            if (isConstraint(repeated)) {
                into.add(new Constraint(repeated));
            }
        }
    }

    private static boolean isConstraint(Annotation annotation) {
        return Arrays.stream(annotation.annotationType().getAnnotations())
                .anyMatch(meta -> MARKERS.contains(meta.annotationType().getName()));
    }

    private static List<Annotation> repeated(Annotation annotation) {
        List<Annotation> repeated = new ArrayList<>();
        if (annotation.annotationType().getEnclosingClass() != null
                && annotation.annotationType().getSimpleName().equals("List")
                && value(annotation, "value") instanceof Annotation[] all) {
            repeated.addAll(Arrays.asList(all));
        }
        return repeated;
    }

    /** The annotation's name, without the package of Jakarta's own. */
    String name() {
        String name = annotation.annotationType().getName();
        return name.startsWith(PACKAGE) ? name.substring(PACKAGE.length()) : name;
    }

    /** The name as it is written in Java. */
    String written() {
        return "@" + annotation.annotationType().getSimpleName();
    }

    String text(String member) {
        return String.valueOf(value(annotation, member));
    }

    long number(String member) {
        return ((Number) value(annotation, member)).longValue();
    }

    boolean flag(String member) {
        return (Boolean) value(annotation, member);
    }

    /** How many values an array has that the annotation gives. */
    int count(String member) {
        return Array.getLength(value(annotation, member));
    }

    private static Object value(Annotation annotation, String member) {
        try {
            var method = annotation.annotationType().getDeclaredMethod(member);
            method.setAccessible(true);
            return method.invoke(annotation);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no " + member + " in " + annotation, e);
        }
    }
}
