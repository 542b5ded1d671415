// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a module promises to its users: the public and protected signatures of the packages that it exports, as {@code api.txt} in its folder
 * lists them. A change of that file is a change of the API, for all to see; {@code -Despalier.api.write=true} writes it anew.
 */
public abstract class PublicApi {

    private static final Path LIST = Path.of("api.txt");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern EXPORT = Pattern.compile("^ *exports ([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern QUALIFIER = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");

    private final List<String> packages;

    /** The API of a Java module: what it exports to all. */
    protected PublicApi() throws IOException {
        this.packages = EXPORT.matcher(Files.readString(SOURCES.resolve("module-info.java")))
                .results()
                .map((MatchResult export) -> export.group(1))
                .toList();
    }

    /** The API of a module on the class path: some packages. */
    protected PublicApi(String... packages) {
        this.packages = List.of(packages);
    }

    @Test
    public void theListSaysWhatIsPublic() throws IOException, ClassNotFoundException {
        List<String> lines = new ArrayList<>();
        for (String name : new TreeSet<>(packages)) {
            for (Class<?> type : types(name)) {
                describe(type, "", lines);
            }
        }
        String found = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("espalier.api.write")) {
            Files.writeString(LIST, found);
        }
        assertEquals(
                Files.readString(LIST), found, "the API changed; -Despalier.api.write=true writes " + LIST + " anew");
    }

    private static List<Class<?>> types(String name) throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES.resolve(name.replace('.', '/')))) {
            for (Path file : files.sorted().toList()) {
                String simple = file.getFileName().toString().replace(".java", "");
                if (Character.isUpperCase(simple.charAt(0))) {
                    Class<?> type = Class.forName(name + "." + simple, false, PublicApi.class.getClassLoader());
                    if (Modifier.isPublic(type.getModifiers())) {
                        types.add(type);
                    }
                }
            }
        }
        return types;
    }

    private static void describe(Class<?> type, String indent, List<String> lines) {
        lines.add(indent + head(type, indent.isEmpty()));
        List<String> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (isSeen(field.getModifiers(), field.isSynthetic())) {
                members.add(
                        modifiers(field.getModifiers(), type) + plain(field.getGenericType()) + " " + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isSeen(constructor.getModifiers(), constructor.isSynthetic()) && !type.isEnum()) {
                members.add(modifiers(constructor.getModifiers(), type) + "new("
                        + parameters(constructor.getParameters()) + ")");
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isSeen(method.getModifiers(), method.isSynthetic()) && !isOfEveryType(method)) {
                members.add(modifiers(method.getModifiers(), type) + plain(method.getGenericReturnType()) + " "
                        + method.getName() + "(" + parameters(method.getParameters()) + ")");
            }
        }
        members.stream().sorted().forEach(member -> lines.add(indent + "    " + member));
        Arrays.stream(type.getDeclaredClasses())
                .filter(inner -> isSeen(inner.getModifiers(), inner.isSynthetic()))
                .sorted(Comparator.comparing(Class::getName))
                .forEach(inner -> describe(inner, indent + "    ", lines));
    }

    private static String head(Class<?> type, boolean isTop) {
        String kind = type.isAnnotation()
                ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        List<Type> above = new ArrayList<>(List.of(type.getGenericInterfaces()));
        Class<?> parent = type.getSuperclass();
        if (parent != null && parent != Object.class && parent != Record.class && !type.isEnum()) {
            above.add(0, type.getGenericSuperclass());
        }
        String variables =
                Arrays.stream(type.getTypeParameters()).map(PublicApi::plain).collect(Collectors.joining(", "));
        return (type.isSealed() ? "sealed " : "")
                + (Modifier.isAbstract(type.getModifiers()) && !type.isInterface() ? "abstract " : "")
                + kind + " " + (isTop ? type.getName() : type.getSimpleName())
                + (variables.isEmpty() ? "" : "<" + variables + ">")
                + above.stream().map(PublicApi::plain).map(name -> " : " + name).collect(Collectors.joining());
    }

    private static boolean isSeen(int modifiers, boolean isSynthetic) {
        return !isSynthetic && (Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers));
    }

    /** Whether all objects, or all enums, have such a method. */
    private static boolean isOfEveryType(Method method) {
        return switch (method.getName()) {
            case "toString", "hashCode", "values" -> method.getParameterCount() == 0;
            case "equals", "valueOf" -> method.getParameterCount() == 1;
            default -> false;
        };
    }

    private static String modifiers(int modifiers, Class<?> owner) {
        boolean isDefault = owner.isInterface() && !Modifier.isAbstract(modifiers) && !Modifier.isStatic(modifiers);
        return (Modifier.isProtected(modifiers) ? "protected " : "")
                + (Modifier.isStatic(modifiers) ? "static " : "")
                + (isDefault ? "default " : "");
    }

    private static String parameters(Parameter[] parameters) {
        return Arrays.stream(parameters)
                .map(one -> plain(one.getParameterizedType()))
                .collect(Collectors.joining(", "));
    }

    /** A type without the packages of what it names. */
    private static String plain(Type type) {
        return QUALIFIER.matcher(type.getTypeName()).replaceAll("").replace('$', '.');
    }
}
