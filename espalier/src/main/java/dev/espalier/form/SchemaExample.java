// SPDX-License-Identifier: Apache-2.0
package dev.espalier.form;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.source.CompiledSource;
import dev.espalier.source.OutputSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A value that fits a schema, with placeholders such as {@code "<name>"}. The keywords of the schema guide what is tried, and the automaton of the
 * schema decides what is written, so that the text is one that a model could write. Where nothing that was tried is allowed, the value
 * is the shortest one. The same schema has the same example. One use, one thread.
 */
public final class SchemaExample {

    /** Past so many bytes, members and items that need not be there are left out. */
    private static final int LONG = 2_000;

    private static final int MOST_ITEMS = 64;
    private static final List<String> TYPES =
            List.of("string", "integer", "number", "object", "array", "boolean", "null");

    private final JsonNode root;
    private final SteeredText text;
    /** The subschemas of the objects and arrays around the place. */
    private final Set<JsonNode> path = Collections.newSetFromMap(new IdentityHashMap<>());

    private SchemaExample(JsonNode root, SteeredText text) {
        this.root = root;
        this.text = text;
    }

    /**
     * The example of a schema. Cost: some milliseconds.
     *
     * @param compiled what the schema was compiled to
     * @throws dev.espalier.core.error.UnsupportedFeatureException if none is found: where keywords are not enforced exactly
     * @throws dev.espalier.core.error.LimitExceededException if it is longer than 64 KiB
     */
    public static String of(OutputSource.Schema schema, CompiledSource compiled) {
        return DeepStack.call(SchemaTree.nesting(schema.text()), () -> written(schema.text(), compiled));
    }

    private static String written(String schema, CompiledSource compiled) {
        JsonNode root = SchemaTree.of(schema);
        SteeredText text = new SteeredText(compiled.automaton(), Limits.DEFAULT);
        new SchemaExample(root, text).value(List.of(root), "text");
        if (!text.isWhole()) {
            throw SteeredText.none();
        }
        try {
            compiled.checkNotEnforced(text.text());
        } catch (InvalidInputException e) {
            throw SteeredText.none();
        }
        return text.text();
    }

    private void value(List<JsonNode> schemas, String name) {
        Applicable applicable = Applicable.of(root, schemas, path);
        if (applicable.isOn(path) || !(given(applicable) || typed(applicable, name))) {
            text.finish(0);
        }
    }

    /** A value that the schema itself has. */
    private boolean given(Applicable applicable) {
        List<JsonNode> values = new ArrayList<>(applicable.values("const"));
        for (String keyword : List.of("examples", "enum")) {
            applicable.values(keyword).forEach(list -> list.forEach(values::add));
        }
        values.addAll(applicable.values("default"));
        return values.stream().anyMatch(value -> !value.isContainer() && text.writeScalar(value.toString()));
    }

    private boolean typed(Applicable applicable, String name) {
        Set<String> types = new LinkedHashSet<>(applicable.types());
        types.addAll(TYPES);
        for (String type : types) {
            boolean isWritten = switch (type) {
                case "object" -> object(applicable);
                case "array" -> array(applicable, name);
                case "string" -> string(applicable, name);
                case "integer", "number" -> scalar(Placeholders.numbers(applicable, type));
                case "boolean" -> scalar(List.of("true", "false"));
                default -> scalar(List.of("null"));
            };
            if (isWritten) {
                return true;
            }
        }
        return false;
    }

    private boolean scalar(List<String> texts) {
        return texts.stream().anyMatch(text::writeScalar);
    }

    private boolean string(Applicable applicable, String name) {
        return scalar(Placeholders.strings(applicable, name).stream()
                .map(SchemaExample::quoted)
                .toList());
    }

    private static String quoted(String string) {
        return JsonNodeFactory.instance.stringNode(string).toString();
    }

    private boolean object(Applicable applicable) {
        if (!text.write("{")) {
            return false;
        }
        Set<JsonNode> entered = enter(applicable);
        Set<String> written = new LinkedHashSet<>();
        members(applicable, applicable.names(false), written);
        if (!text.write("}")) {
            members(applicable, applicable.names(true), written);
            if (!text.write("}")) {
                text.finish(1);
            }
        }
        path.removeAll(entered);
        return true;
    }

    /** Writes those members that may be there, in an order that is allowed. */
    private void members(Applicable applicable, Set<String> names, Set<String> written) {
        Set<String> all = new LinkedHashSet<>(names);
        if (all.isEmpty() && !applicable.member("key").isEmpty()) {
            all.add("key"); // a map
        }
        for (boolean goesOn = true; goesOn; ) {
            goesOn = false;
            for (String name : all) {
                if (!written.contains(name) && member(applicable, name, written.isEmpty())) {
                    written.add(name);
                    goesOn = true;
                }
            }
        }
    }

    private boolean member(Applicable applicable, String name, boolean isFirst) {
        List<JsonNode> schemas = applicable.member(name);
        boolean isLeftOut =
                text.length() > LONG || Applicable.of(root, schemas, path).isOn(path);
        boolean isRequired = applicable.values("required").stream()
                .anyMatch(names ->
                        names.valueStream().anyMatch(one -> one.asString("").equals(name)));
        String key = quoted(name);
        if ((isLeftOut && !isRequired) || !(isFirst ? text.write(key, ":") : text.write(",", key, ":"))) {
            return false;
        }
        value(schemas, name);
        return true;
    }

    private boolean array(Applicable applicable, String name) {
        if (!text.write("[")) {
            return false;
        }
        Set<JsonNode> entered = enter(applicable);
        boolean isLeftOut = text.length() > LONG
                || Applicable.of(root, applicable.item(0), path).isOn(path);
        if (!(isLeftOut && text.write("]")) && !items(applicable, name)) {
            text.finish(1);
        }
        path.removeAll(entered);
        return true;
    }

    /** Writes items, as few as may be; false if that is no end. */
    private boolean items(Applicable applicable, String name) {
        int places = Math.max(1, applicable.places());
        for (int i = 0; i < MOST_ITEMS; i++) {
            if (i >= places && text.write("]")) {
                return true;
            }
            // whether there may be another item shows from its comma, or from what may follow the bracket
            if (i > 0 && !text.write(",")) {
                return text.write("]");
            }
            if (i == 0 && text.isOnlyClosing()) {
                return text.write("]");
            }
            value(applicable.item(i), name);
        }
        return false;
    }

    private Set<JsonNode> enter(Applicable applicable) {
        Set<JsonNode> entered = Collections.newSetFromMap(new IdentityHashMap<>());
        applicable.first().forEach(schema -> {
            if (path.add(schema)) {
                entered.add(schema);
            }
        });
        return entered;
    }
}
