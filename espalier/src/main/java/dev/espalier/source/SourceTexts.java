// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A source as a list of texts, and back: records by their names and those of their components, so that no option can be
 * forgotten and none of another version is taken for one of this.
 */
final class SourceTexts {

    private SourceTexts() {}

    static List<String> of(OutputSource source) {
        List<String> texts = new ArrayList<>();
        try {
            write(source, texts);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a component of a record cannot be read", e);
        }
        return texts;
    }

    private static void write(Object value, List<String> out) throws ReflectiveOperationException {
        if (value instanceof Record) {
            RecordComponent[] components = value.getClass().getRecordComponents();
            out.add(value.getClass().getSimpleName());
            for (RecordComponent component : components) {
                out.add(component.getName());
                write(component.getAccessor().invoke(value), out);
            }
        } else if (value instanceof Optional<?> optional) {
            write(optional.stream().toList(), out);
        } else if (value instanceof List<?> list) {
            out.add(String.valueOf(list.size()));
            for (Object item : list) {
                write(item, out);
            }
        } else if (value instanceof Map<?, ?> map) {
            out.add(String.valueOf(map.size()));
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(entry.getKey(), out);
                write(entry.getValue(), out);
            }
        } else {
            out.add(value instanceof Enum<?> constant ? constant.name() : value.toString());
        }
    }

    /**
     * The source that some texts say.
     *
     * @throws IllegalArgumentException if they say none that this version knows
     */
    static OutputSource read(List<String> texts) {
        try {
            Iterator<String> in = texts.iterator();
            OutputSource source = (OutputSource) read(OutputSource.class, in);
            expect(!in.hasNext(), "the end");
            return source;
        } catch (ReflectiveOperationException
                | java.util.NoSuchElementException
                | java.time.DateTimeException
                | ArithmeticException
                | StackOverflowError e) {
            throw new IllegalArgumentException("no source: " + e, e);
        }
    }

    private static Object read(Type type, Iterator<String> in) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType container) {
            return read(container.getRawType(), container.getActualTypeArguments(), in);
        }
        Class<?> wanted = (Class<?>) type;
        String text = in.next();
        if (wanted == String.class) {
            return text;
        } else if (wanted == int.class) {
            return Integer.valueOf(text);
        } else if (wanted == long.class) {
            return Long.valueOf(text);
        } else if (wanted == boolean.class) {
            return Boolean.valueOf(text);
        } else if (wanted == Duration.class) {
            return Duration.parse(text);
        } else if (wanted == Path.class) {
            return Path.of(text);
        } else if (wanted.isEnum()) {
            return Arrays.stream(wanted.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow();
        }
        Class<?>[] permitted = wanted.isRecord() ? new Class<?>[] {wanted} : wanted.getPermittedSubclasses();
        Class<?> known = Arrays.stream(permitted)
                .filter(each -> each.getSimpleName().equals(text))
                .findFirst()
                .orElseThrow();
        return record(known, in);
    }

    private static Object read(Type container, Type[] of, Iterator<String> in) throws ReflectiveOperationException {
        int size = Integer.parseInt(in.next());
        if (container == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                map.put(read(of[0], in), read(of[1], in));
            }
            return map;
        }
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(read(of[0], in));
        }
        return container == Optional.class ? list.stream().findFirst() : list;
    }

    private static Object record(Class<?> type, Iterator<String> in) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            expect(in.next().equals(components[i].getName()), components[i].getName());
            types[i] = components[i].getType();
            values[i] = read(components[i].getGenericType(), in);
        }
        return type.getDeclaredConstructor(types).newInstance(values);
    }

    private static void expect(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + what);
        }
    }
}
