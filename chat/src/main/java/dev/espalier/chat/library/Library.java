// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.library;

import dev.espalier.chat.function.Attributed;
import dev.espalier.chat.function.Builtin;
import dev.espalier.chat.function.Method;
import dev.espalier.chat.python.Access;
import dev.espalier.chat.python.Elements;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Namespace;
import dev.espalier.chat.value.None;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that the language has by name: filters, tests, functions, and the attributes of values. Immutable. */
public final class Library {

    /** Methods of Python that change what they belong to: no template may. */
    private static final Map<String, Set<String>> CHANGES = Map.of(
            "list", Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"),
            "dict", Set.of("clear", "pop", "popitem", "setdefault", "update"));

    /** Methods of loops and cyclers. */
    private static final Set<String> OTHER_METHODS = Set.of("cycle", "changed", "next", "reset");

    private static final Table NO_METHODS = new Table();

    /** The library of chat templates. */
    public static final Library STANDARD = new Library();

    private final Table filters = new Table();
    private final Table tests = new Table();
    private final Table globals = new Table();
    private final Map<String, Table> methods = new HashMap<>();
    private final Set<String> methodNames = new HashSet<>(OTHER_METHODS);

    private Library() {
        ListFilters.define(filters);
        NumberFilters.define(filters);
        StreamFilters.define(filters);
        TextFilters.define(filters);
        ValueFilters.define(filters);
        Tests.define(tests);
        Globals.define(globals);
        methods("str", StringMethods::define);
        methods("list", ContainerMethods::defineLists);
        methods("tuple", ContainerMethods::defineRows);
        methods("range", ContainerMethods::defineRows);
        methods("dict", ContainerMethods::defineDicts);
        methods("int", ContainerMethods::defineIntegers);
        methods("bool", ContainerMethods::defineIntegers);
        methods("float", ContainerMethods::defineReals);
        CHANGES.values().forEach(methodNames::addAll);
    }

    private void methods(String type, Consumer<Table> definition) {
        Table table = new Table();
        definition.accept(table);
        methods.put(type, table);
        methodNames.addAll(table.names());
    }

    /** The filter of a name. */
    public @Nullable Builtin filter(String name) {
        return filters.get(name);
    }

    /** The test of a name. */
    public @Nullable Builtin test(String name) {
        return tests.get(name);
    }

    /** Whether some value has a method of a name. */
    public boolean hasMethod(String name) {
        return methodNames.contains(name);
    }

    /** Whether there is a function of a name. */
    public boolean hasFunction(String name) {
        return globals.get(name) != null;
    }

    /** The function of a name. */
    public @Nullable Value function(String name) {
        Builtin function = globals.get(name);
        return function == null ? null : new Method(None.NONE, function);
    }

    /** {@code owner.name}: a method or attribute, else an element. */
    public Value attribute(Value owner, String name) {
        Value own = find(Elements.defined(owner), name);
        if (own != null) {
            return own;
        }
        Text key = Text.trusted(name);
        Value element = Access.element(owner, key);
        return element == null ? Undefined.member(owner, key) : element;
    }

    /** A method or attribute of a value. */
    public Value ownAttribute(Value owner, String name) {
        Value own = find(Elements.defined(owner), name);
        return own == null ? Undefined.member(owner, Text.trusted(name)) : own;
    }

    /** {@code owner[key]}: an element, else a method or attribute. */
    public Value element(Value owner, Value key) {
        Value element = Access.element(Elements.defined(owner), key);
        if (element != null) {
            return element;
        }
        Value own = key instanceof Text text ? find(owner, text.string()) : null;
        return own == null ? Undefined.member(owner, key) : own;
    }

    private @Nullable Value find(Value owner, String name) {
        if (owner instanceof Namespace namespace) {
            return namespace.get(name);
        }
        Value own = owner instanceof Attributed attributed ? attributed.attribute(name) : null;
        if (own != null) {
            return own;
        }
        Builtin method = methods.getOrDefault(owner.type(), NO_METHODS).get(name);
        if (method != null) {
            return new Method(owner, method);
        }
        boolean isInside = name.startsWith("__") && name.endsWith("__") && !(owner instanceof Dict);
        boolean isChange = CHANGES.getOrDefault(owner.type(), Set.of()).contains(name);
        return isInside || isChange ? Undefined.forbidden(owner, name) : null;
    }
}
