// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.antlr.AntlrFile.Definition;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Which rules of a lexer call themselves, and which begin with themselves. */
final class LexerRecursion {

    private final WorkBudget budget;
    private final Map<String, Definition> definitions;
    private final Map<String, Set<String>> called = new HashMap<>();

    /** What each rule of a cycle calls before it has read anything. */
    private final Map<String, Set<String>> first = new HashMap<>();

    private final Map<String, Set<String>> reached = new HashMap<>();
    private final Set<String> mayBeEmpty = new HashSet<>();

    LexerRecursion(Map<String, Definition> definitions, WorkBudget budget) {
        this.definitions = definitions;
        this.budget = budget;
        definitions.forEach((name, definition) -> called.put(name, collected(definition, this::callsIn)));
        definitions.keySet().forEach(name -> reached.put(name, reachedFrom(name, called)));
        for (boolean grows = true; grows; ) {
            grows = false;
            for (Definition definition : definitions.values()) {
                grows |= definition.alternatives().stream().anyMatch(each -> mayBeEmpty(each.body()))
                        && mayBeEmpty.add(definition.name());
            }
        }
        definitions.forEach((name, definition) -> first.put(name, collected(definition, this::firstIn)));
    }

    /** Whether a rule calls itself, directly or through others. */
    boolean isRecursive(String name) {
        return reachable(name).contains(name);
    }

    /** The rules that a rule calls and that call it, in the order they are written. */
    Set<String> cycle(String name) {
        Set<String> cycle = new LinkedHashSet<>(definitions.keySet());
        cycle.removeIf(
                other -> !reachable(name).contains(other) || !reachable(other).contains(name));
        return cycle;
    }

    /** Whether some rule of a cycle calls itself before it has read anything. */
    boolean beginsWithItself(Set<String> cycle) {
        return cycle.stream().anyMatch(name -> reachedFrom(name, first).contains(name));
    }

    private Set<String> reachable(String name) {
        return reached.getOrDefault(name, Set.of());
    }

    private Set<String> reachedFrom(String start, Map<String, Set<String>> edges) {
        Set<String> seen = new HashSet<>();
        ArrayDeque<String> pending = new ArrayDeque<>(List.of(start));
        while (!pending.isEmpty()) {
            for (String next : edges.getOrDefault(pending.remove(), Set.of())) {
                budget.step();
                if (seen.add(next)) {
                    pending.add(next);
                }
            }
        }
        return seen;
    }

    private static Set<String> collected(Definition definition, Function<AntlrNode, Set<String>> names) {
        Set<String> all = new HashSet<>();
        definition.alternatives().forEach(each -> all.addAll(names.apply(each.body())));
        return all;
    }

    private Set<String> callsIn(AntlrNode node) {
        Set<String> names = new HashSet<>();
        ArrayDeque<AntlrNode> pending = new ArrayDeque<>(List.of(node));
        while (!pending.isEmpty()) {
            AntlrNode next = pending.remove();
            if (next instanceof AntlrNode.Name name) {
                names.add(name.name());
            } else if (next instanceof AntlrNode.Sequence sequence) {
                pending.addAll(sequence.items());
            } else if (next instanceof AntlrNode.Choice choice) {
                pending.addAll(choice.alternatives());
            } else if (next instanceof AntlrNode.Repeat repeat) {
                pending.add(repeat.item());
            }
        }
        return names;
    }

    private Set<String> firstIn(AntlrNode node) {
        Set<String> names = new HashSet<>();
        if (node instanceof AntlrNode.Name name) {
            names.add(name.name());
        } else if (node instanceof AntlrNode.Sequence sequence) {
            for (AntlrNode item : sequence.items()) {
                names.addAll(firstIn(item));
                if (!mayBeEmpty(item)) {
                    break;
                }
            }
        } else if (node instanceof AntlrNode.Choice choice) {
            choice.alternatives().forEach(each -> names.addAll(firstIn(each)));
        } else if (node instanceof AntlrNode.Repeat repeat) {
            names.addAll(firstIn(repeat.item()));
        }
        return names;
    }

    /** Whether nothing need be read. The end of the text is nothing. */
    private boolean mayBeEmpty(AntlrNode node) {
        if (node instanceof AntlrNode.Name name) {
            return name.name().equals(EndOfText.NAME) || mayBeEmpty.contains(name.name());
        } else if (node instanceof AntlrNode.Sequence sequence) {
            return sequence.items().stream().allMatch(this::mayBeEmpty);
        } else if (node instanceof AntlrNode.Choice choice) {
            return choice.alternatives().stream().anyMatch(this::mayBeEmpty);
        } else if (node instanceof AntlrNode.Repeat repeat) {
            return repeat.min() == 0 || mayBeEmpty(repeat.item());
        }
        return node instanceof AntlrNode.Action;
    }
}
