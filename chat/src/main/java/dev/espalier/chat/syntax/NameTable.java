// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

import dev.espalier.chat.library.Library;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names of a template as its parser meets them: which are bound where, and which must come from outside. */
final class NameTable {

    private final Library library;
    private final Deque<Set<String>> scopes = new ArrayDeque<>();
    private final Deque<Set<String>> macros = new ArrayDeque<>();
    private final Set<String> bound = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private final Set<String> tested = new HashSet<>();
    private final Set<String> free = new TreeSet<>();
    private final Map<String, Integer> functions = new LinkedHashMap<>();
    private final Map<String, Integer> methods = new LinkedHashMap<>();

    NameTable(Library library) {
        this.library = library;
        open();
    }

    void open() {
        scopes.push(new HashSet<>());
    }

    /** Ends a scope. Returns the names that were bound in it. */
    Set<String> close() {
        return scopes.pop();
    }

    void openMacro() {
        open();
        macros.push(new HashSet<>());
    }

    /** Ends a macro. Returns all names that it and the macros in it read. */
    Set<String> closeMacro() {
        close();
        Set<String> read = macros.pop();
        if (!macros.isEmpty()) {
            macros.element().addAll(read);
        }
        return read;
    }

    void bind(String name) {
        scopes.element().add(name);
        bound.add(name);
    }

    void read(String name) {
        if (!macros.isEmpty()) {
            macros.element().add(name);
        }
        boolean isInScope = scopes.stream().anyMatch(scope -> scope.contains(name));
        if (!isInScope && !library.hasFunction(name)) {
            free.add(name);
        }
    }

    /** A name whose absence the template looks for. */
    void test(String name) {
        tested.add(name);
    }

    /** A name of an attribute or key that the template sets. */
    void member(String name) {
        members.add(name);
    }

    void call(String name, int offset) {
        functions.putIfAbsent(name, offset);
    }

    void callMethod(String name, int offset) {
        methods.putIfAbsent(name, offset);
    }

    /** Refuses calls of what does not exist. */
    void check(Source source) {
        functions.forEach((name, offset) -> {
            if (free.contains(name) && !bound.contains(name) && !tested.contains(name)) {
                throw source.unsupported(name, "there is no function \"" + name + "\"", offset);
            }
        });
        methods.forEach((name, offset) -> {
            if (!library.hasMethod(name) && !members.contains(name)) {
                throw source.unsupported(name, "no value has a method \"" + name + "\"", offset);
            }
        });
    }

    /** The names that a template may read from outside. */
    Set<String> variables() {
        return Collections.unmodifiableSet(free);
    }
}
