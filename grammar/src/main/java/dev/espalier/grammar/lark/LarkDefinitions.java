// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.lark.LarkFile.Definition;
import dev.espalier.grammar.lark.LarkFile.Kind;
import dev.espalier.grammar.lark.LarkFile.Statement;
import dev.espalier.grammar.lark.LarkNode.Spot;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rules and terminals of a grammar file and of those that it imports, by name, as Lark puts them together. */
final class LarkDefinitions {

    private final LarkImports imports;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final List<LarkNode> ignored = new ArrayList<>();
    private final List<LarkFile.Settings> settings = new ArrayList<>();
    private final List<LarkFile.Declare> declared = new ArrayList<>();

    LarkDefinitions(LarkImports imports) {
        this.imports = imports;
    }

    /** All definitions, by name, in their order. */
    Map<String, Definition> all() {
        return definitions;
    }

    /** What may be anywhere. */
    List<LarkNode> ignored() {
        return ignored;
    }

    /** llguidance's options. */
    List<LarkFile.Settings> settings() {
        return settings;
    }

    /** The statements that say which terminals something else makes. */
    List<LarkFile.Declare> declared() {
        return declared;
    }

    /** The definition of a name. */
    Definition get(LarkNode.Name name) {
        Definition definition = definitions.get(name.name());
        if (definition == null) {
            String what = name.isTerminal() ? "terminal" : "rule";
            throw new ReferenceException(
                    "no " + what + " is called \"" + name.name() + "\""
                            + NearestName.question(name.name(), definitions.keySet()),
                    place(name.spot()));
        }
        return definition;
    }

    static dev.espalier.core.error.Place place(Spot spot) {
        return spot.source().place(spot.offset());
    }

    /**
     * Adds the statements of a file.
     *
     * @param folder where imported files are; null if none may be imported
     * @param names what names of the file are called here; null for the file that is read first
     */
    void add(LarkFile file, @Nullable Path folder, @Nullable UnaryOperator<String> names) {
        Map<List<String>, LarkFile.Import> merged = new LinkedHashMap<>();
        for (Statement statement : file.statements()) {
            if (statement instanceof LarkFile.Import one) {
                merged.merge(one.path(), one, LarkDefinitions::joined);
            }
        }
        merged.values().forEach(one -> addImport(one, folder, names));
        for (Statement statement : file.statements()) {
            if (statement instanceof Definition definition) {
                define(names == null ? definition : renamed(definition, names));
            } else if (statement instanceof LarkFile.Ignore ignore && names == null) {
                ignored.add(ignore.body());
            } else if (statement instanceof LarkFile.Settings options) {
                settings.add(options);
            } else if (statement instanceof LarkFile.Declare declare) {
                declared.add(declare);
            }
        }
    }

    private static LarkFile.Import joined(LarkFile.Import first, LarkFile.Import second) {
        Map<String, String> names = new LinkedHashMap<>(first.names());
        names.putAll(second.names());
        return new LarkFile.Import(first.isRelative(), first.path(), names, first.spot());
    }

    private void addImport(LarkFile.Import statement, @Nullable Path folder, @Nullable UnaryOperator<String> names) {
        String prefix = String.join("__", statement.path());
        UnaryOperator<String> inner = name -> {
            String alias = statement.names().get(name);
            String plain = name.startsWith("_") ? "_" + prefix + "__" + name.substring(1) : prefix + "__" + name;
            String renamed = alias != null ? alias : plain;
            return names == null ? renamed : names.apply(renamed);
        };
        Map<String, Definition> found = imports.definitions(statement, folder, inner);
        Set<String> wanted = new HashSet<>();
        statement.names().keySet().forEach(name -> {
            if (!found.containsKey(inner.apply(name))) {
                throw new ReferenceException(
                        "the file " + String.join(".", statement.path()) + " has no \"" + name + "\"",
                        place(statement.spot()));
            }
            wanted.add(inner.apply(name));
        });
        reached(found, wanted).forEach(definition -> {
            if (definitions.putIfAbsent(definition.name(), definition) != null) {
                throw statement
                        .spot()
                        .source()
                        .error(
                                "\"" + definition.name() + "\" is imported, and defined already",
                                statement.spot().offset());
            }
        });
    }

    private static Collection<Definition> reached(Map<String, Definition> found, Set<String> wanted) {
        Map<String, Definition> reached = new LinkedHashMap<>();
        Deque<String> waiting = new ArrayDeque<>(wanted);
        while (!waiting.isEmpty()) {
            Definition definition = found.get(waiting.remove());
            if (definition != null && reached.putIfAbsent(definition.name(), definition) == null) {
                UnaryOperator<String> seen = name -> {
                    waiting.add(name);
                    return name;
                };
                LarkNode unused = definition.body().renamed(seen);
            }
        }
        return reached.values();
    }

    private static Definition renamed(Definition definition, UnaryOperator<String> names) {
        return new Definition(
                definition.kind(),
                names.apply(definition.name()),
                definition.modifiers(),
                definition.parameters().stream().map(names).toList(),
                definition.priority(),
                definition.hasPriority(),
                definition.attributes(),
                definition.body().renamed(names),
                definition.spot());
    }

    private void define(Definition definition) {
        Definition known = definitions.get(definition.name());
        Spot spot = definition.spot();
        String quoted = "\"" + definition.name() + "\"";
        if (definition.kind() == Kind.NEW && known != null) {
            throw spot.source().error("a second definition of " + quoted, spot.offset());
        } else if (definition.kind() != Kind.NEW && known == null) {
            throw new ReferenceException(
                    quoted + " is not defined yet, so that nothing of it can be changed", place(spot));
        } else if (definition.name().startsWith("__")) {
            throw spot.source().error("names that begin with two underscores are reserved", spot.offset());
        }
        if (definition.kind() == Kind.EXTEND && known != null) {
            if (!known.parameters().equals(definition.parameters())) {
                throw spot.source().error(quoted + " has other parameters", spot.offset());
            }
            LarkNode both = new LarkNode.Choice(List.of(definition.body(), known.body()));
            definition = new Definition(
                    Kind.NEW,
                    known.name(),
                    known.modifiers(),
                    known.parameters(),
                    known.priority(),
                    known.hasPriority(),
                    known.attributes(),
                    both,
                    known.spot());
        }
        definitions.put(definition.name(), definition);
    }
}
