// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas of objects and of choices between them, each made once however often it is referred to. A schema that is used once stands
 * where it is used, others stand in {@code $defs}. One walk, one thread.
 */
final class Definitions {

    /** What a value of a definition needs: all its required parts, or one of its alternatives. */
    private enum Needs {
        ALL,
        ONE
    }

    /** A part that a value needs, and the path that it was found at. */
    private record Part(Definition of, String path) {}

    private static final class Definition {
        private final JavaType type;
        private final Needs needs;
        private final ObjectNode node = JsonNodeFactory.instance.objectNode();
        private final List<ObjectNode> references = new ArrayList<>();
        private final List<Part> parts = new ArrayList<>();
        private boolean open = true;
        private boolean recursive;

        private Definition(JavaType type, Needs needs) {
            this.type = type;
            this.needs = needs;
        }
    }

    private final Map<Object, Definition> byKey = new HashMap<>();
    private final List<Definition> inOrder = new ArrayList<>();

    /** The definition that is being made, if there is one. */
    private @Nullable Definition current;

    /** Whether a value of that definition needs what is referred to now. */
    private boolean needed = true;

    /** A reference to the schema of an object that a key stands for, which is made at the first time. */
    ObjectNode object(Object key, JavaType type, String path, Consumer<ObjectNode> content) {
        return reference(key, type, Needs.ALL, path, content);
    }

    /** The same of a choice between what the content refers to. */
    ObjectNode choice(Object key, JavaType type, String path, Consumer<ObjectNode> content) {
        return reference(key, type, Needs.ONE, path, content);
    }

    private ObjectNode reference(Object key, JavaType type, Needs needs, String path, Consumer<ObjectNode> content) {
        Definition definition = byKey.get(key);
        boolean first = definition == null;
        if (definition == null) {
            definition = new Definition(type, needs);
            byKey.put(key, definition);
            inOrder.add(definition);
        }
        if (current != null && needed) {
            current.parts.add(new Part(definition, path));
        }
        if (first) {
            fill(definition, content);
        } else if (definition.open) {
            definition.recursive = true;
        }
        ObjectNode reference = JsonNodeFactory.instance.objectNode();
        definition.references.add(reference);
        return reference;
    }

    private void fill(Definition definition, Consumer<ObjectNode> content) {
        Definition outer = current;
        boolean outerNeeded = needed;
        current = definition;
        needed = true;
        content.accept(definition.node);
        current = outer;
        needed = outerNeeded;
        definition.open = false;
    }

    /** Makes a part of the current definition, of which a value may have none unless it is needed. */
    ObjectNode part(boolean mandatory, Supplier<ObjectNode> content) {
        boolean outer = needed;
        needed = outer && mandatory;
        ObjectNode node = content.get();
        needed = outer;
        return node;
    }

    /**
     * The whole schema, of which a reference or another schema is the root. Ends the walk.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException if some definition has no finite value
     */
    ObjectNode finish(ObjectNode root) {
        checkFinite();
        Definition whole = definition(root);
        Map<Definition, String> names = names(whole);
        ObjectNode definitions = JsonNodeFactory.instance.objectNode();
        for (Definition definition : inOrder) {
            if (definition == whole) {
                continue;
            }
            String name = names.get(definition);
            for (ObjectNode reference : definition.references) {
                put(reference, definition, name == null ? null : "#/$defs/" + name);
            }
            if (name != null) {
                definitions.set(name, definition.node);
            }
        }
        ObjectNode document = root;
        if (whole != null) {
            document = whole.node;
            for (ObjectNode reference : whole.references) {
                put(reference, whole, "#");
            }
        }
        if (!definitions.isEmpty()) {
            document.set("$defs", definitions);
        }
        return document;
    }

    /** Fills a reference, before what was written beside it. */
    private static void put(ObjectNode reference, Definition definition, @Nullable String pointer) {
        ObjectNode beside = reference.deepCopy();
        reference.removeAll();
        if (pointer == null) {
            reference.setAll(definition.node);
        } else {
            reference.put("$ref", pointer);
        }
        reference.setAll(beside);
    }

    private @Nullable Definition definition(ObjectNode reference) {
        for (Definition definition : inOrder) {
            if (definition.references.stream().anyMatch(one -> one == reference)) {
                return definition;
            }
        }
        return null;
    }

    /** The names of those definitions that cannot stand where they are used. */
    private Map<Definition, String> names(@Nullable Definition whole) {
        Map<Definition, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Definition definition : inOrder) {
            if (definition != whole && (definition.recursive || definition.references.size() > 1)) {
                String base = name(definition.type);
                String name = base;
                for (int number = 2; !taken.add(name); number++) {
                    name = base + "-" + number;
                }
                names.put(definition, name);
            }
        }
        return names;
    }

    private static String name(JavaType type) {
        if (type.isArrayType()) {
            return name(type.getContentType()) + "-array";
        }
        StringBuilder name = new StringBuilder(type.getRawClass().getSimpleName());
        for (JavaType parameter : type.getBindings().getTypeParameters()) {
            name.append('-').append(name(parameter));
        }
        return name.toString();
    }

    /** Refuses definitions of which every value contains another without end. */
    private void checkFinite() {
        Set<Definition> finite = new HashSet<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Definition definition : inOrder) {
                if (!finite.contains(definition) && isFinite(definition, finite)) {
                    finite.add(definition);
                    more = true;
                }
            }
        }
        for (Definition definition : inOrder) {
            if (!finite.contains(definition)) {
                throw endless(definition, finite);
            }
        }
    }

    private static boolean isFinite(Definition definition, Set<Definition> finite) {
        return definition.needs == Needs.ALL
                ? definition.parts.stream().allMatch(part -> finite.contains(part.of))
                : definition.parts.stream().anyMatch(part -> finite.contains(part.of));
    }

    private static RuntimeException endless(Definition from, Set<Definition> finite) {
        Set<Definition> way = new LinkedHashSet<>();
        Definition at = from;
        while (true) {
            way.add(at);
            Part part = at.parts.stream()
                    .filter(candidate -> !finite.contains(candidate.of))
                    .findFirst()
                    .orElseThrow();
            if (way.contains(part.of)) {
                return Refusal.type(
                        part.of.type,
                        part.path,
                        "a value of it contains another without end; make this component an Optional or a List");
            }
            at = part.of;
        }
    }
}
