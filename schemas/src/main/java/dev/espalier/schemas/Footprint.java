// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkMeter;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.schemas.document.Metaschemas;
import dev.espalier.schemas.number.NumberLanguages;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.work.Learned;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the bytes that an object keeps on the heap, by walking over all that it refers to, but for what its compiler shares
 * between schemas. Nothing there may change meanwhile. Cost: about 0.1 µs for each object.
 */
final class Footprint {

    /** Objects visited in a unit of work. */
    private static final int OBJECTS_A_UNIT = 4;

    private static final int OBJECT = 16;
    private static final int REFERENCE = 4;
    private static final int MAP_ENTRY = 48;

    /** Shared by all schemas of a compiler, or by all schemas. */
    private static final Set<Class<?>> SHARED = Set.of(
            Limits.class,
            RegexReader.class,
            WorkMeter.class,
            Learned.class,
            NumberLanguages.class,
            Metaschemas.class,
            SchemaOptions.class);

    private static final String OWN = "dev.espalier.";

    /** Found once a class: looking fields up takes longer than walking over most schemas. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return shape(type);
        }
    };

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<Object> open = new ArrayDeque<>();
    private long bytes;

    private Footprint() {}

    /** The size of a class's objects, and their fields with references. */
    private record Shape(long bytes, List<Field> references) {}

    /** Estimated bytes of an object and of all that it refers to. */
    static long of(Object root) {
        Footprint footprint = new Footprint();
        footprint.meet(root);
        WorkMeter meter = WorkMeter.running();
        for (int visited = 1; !footprint.open.isEmpty(); visited++) {
            if (meter != null && visited % OBJECTS_A_UNIT == 0) {
                meter.spend(1);
            }
            footprint.visit(footprint.open.pop());
        }
        return footprint.bytes;
    }

    private void meet(@Nullable Object found) {
        if (found != null && !(found instanceof Enum) && !(found instanceof Class) && seen.add(found)) {
            open.push(found);
        }
    }

    private void visit(Object found) {
        Class<?> type = found.getClass();
        if (type.isArray()) {
            visitArray(found, type.getComponentType());
        } else if (found instanceof Map<?, ?> map) {
            bytes += 3L * OBJECT + (long) MAP_ENTRY * map.size();
            map.forEach((key, value) -> {
                meet(key);
                meet(value);
            });
        } else if (found instanceof Collection<?> collection) {
            bytes += 3L * OBJECT + 2L * REFERENCE * collection.size();
            collection.forEach(this::meet);
        } else if (type.getName().startsWith(OWN)) {
            visitOwn(found, type);
        } else {
            visitOther(found);
        }
    }

    private void visitArray(Object array, Class<?> component) {
        if (array instanceof Object[] elements) {
            bytes += OBJECT + (long) REFERENCE * elements.length;
            for (Object element : elements) {
                meet(element);
            }
        } else {
            bytes += OBJECT + (long) size(component) * java.lang.reflect.Array.getLength(array);
        }
    }

    private void visitOwn(Object found, Class<?> type) {
        if (SHARED.contains(type)) {
            return;
        }
        Shape shape = SHAPES.get(type);
        bytes += shape.bytes;
        for (Field field : shape.references) {
            try {
                meet(field.get(found));
            } catch (IllegalAccessException hidden) {
                bytes += OBJECT; // an estimate goes on without it
            }
        }
    }

    private void visitOther(Object found) {
        if (found instanceof String text) {
            bytes += 40 + text.length();
        } else if (found instanceof BigInteger number) {
            bytes += 40 + number.bitLength() / Byte.SIZE;
        } else if (found instanceof BigDecimal number) {
            bytes += 40 + number.precision() / 2;
        } else if (found instanceof BitSet set) {
            bytes += 40 + set.size() / Byte.SIZE;
        } else {
            bytes += OBJECT + 2 * REFERENCE;
            if (found instanceof AtomicReference<?> reference) {
                meet(reference.get());
            } else if (found instanceof Optional<?> optional) {
                optional.ifPresent(this::meet);
            }
        }
    }

    private static Shape shape(Class<?> type) {
        long size = OBJECT;
        List<Field> references = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                size += size(field.getType());
                if (!field.getType().isPrimitive() && field.trySetAccessible()) {
                    references.add(field);
                }
            }
        }
        return new Shape(size, references);
    }

    private static int size(Class<?> type) {
        if (type == long.class || type == double.class) {
            return Long.BYTES;
        }
        if (type == byte.class || type == boolean.class) {
            return Byte.BYTES;
        }
        return type == char.class || type == short.class ? Short.BYTES : REFERENCE;
    }
}
