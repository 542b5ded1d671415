// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.antlr.AntlrFile.Alternative;
import dev.espalier.grammar.antlr.AntlrFile.Definition;
import dev.espalier.grammar.antlr.AntlrNode.Spot;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of a parser over the names of tokens. */
final class ParserRules {

    private final AntlrFile file;
    private final LexerRules lexer;
    private final WorkBudget budget;
    private final Map<String, Definition> definitions = new LinkedHashMap<>();

    /** The tokens that are named by strings: those of the lexer's rules, by string. */
    private final Map<String, String> aliases = new LinkedHashMap<>();

    /** Strings that several of the lexer's rules have. */
    private final Set<String> ambiguous = new HashSet<>();

    /** The tokens that strings bring, by name, with their texts. */
    private final Map<String, String> literals = new LinkedHashMap<>();

    ParserRules(AntlrFile file, LexerRules lexer, WorkBudget budget) {
        this.file = file;
        this.lexer = lexer;
        this.budget = budget;
        for (Definition definition : file.definitions()) {
            if (!definition.isToken()) {
                definitions.put(definition.name(), definition);
            }
        }
        for (Definition definition : lexer.all()) {
            alias(definition).ifPresent(text -> {
                if (aliases.putIfAbsent(text, definition.name()) != null) {
                    ambiguous.add(text);
                }
            });
        }
        definitions.values().forEach(definition -> definition.alternatives().forEach(each -> collect(each.body())));
    }

    /** The string that a rule of the lexer is, as it is written, if it is one and has no options. */
    private Optional<String> alias(Definition definition) {
        List<Alternative> alternatives = definition.alternatives();
        return !definition.isFragment()
                        && definition.options().isEmpty()
                        && alternatives.size() == 1
                        && alternatives.get(0).body() instanceof AntlrNode.Text text
                ? Optional.of(written(text))
                : Optional.empty();
    }

    /** A string with its quotes. Two ways to write a text are two tokens. */
    private static String written(AntlrNode.Text text) {
        return text.spot().source().slice(text.spot().offset() - 1, text.end() + 1);
    }

    private void collect(AntlrNode node) {
        if (node instanceof AntlrNode.Text text) {
            String written = written(text);
            if (ambiguous.contains(written)) {
                throw refused(
                        written, "several rules of the lexer are " + written + "; write the name of one", text.spot());
            } else if (!aliases.containsKey(written)) {
                if (file.kind().equals("parser")) {
                    throw refused(
                            written,
                            "no rule of the lexer is " + written + ", and a parser grammar brings none",
                            text.spot());
                }
                literals.put(written, lexer.characters(text.spot()).text(text));
            }
        } else if (node instanceof AntlrNode.Sequence sequence) {
            sequence.items().forEach(this::collect);
        } else if (node instanceof AntlrNode.Choice choice) {
            choice.alternatives().forEach(this::collect);
        } else if (node instanceof AntlrNode.Repeat repeat) {
            collect(repeat.item());
        } else if (node instanceof AntlrNode.Not not) {
            collect(not.item());
        }
    }

    /** The tokens that strings bring, by name, with their texts. */
    Map<String, String> literals() {
        return literals;
    }

    /** The names of the rules, in the order they are written. */
    Set<String> names() {
        return definitions.keySet();
    }

    /** The rules over names of tokens, and {@link EndOfText#NAME}. */
    Map<String, Expression> rules() {
        Map<String, Expression> rules = new LinkedHashMap<>();
        definitions.forEach((name, definition) -> {
            List<Expression> alternatives = definition.alternatives().stream()
                    .map(each -> expression(each.body()))
                    .toList();
            rules.put(name, alternatives.size() == 1 ? alternatives.get(0) : new Choice(alternatives));
        });
        return rules;
    }

    private Expression expression(AntlrNode node) {
        budget.step();
        if (node instanceof AntlrNode.Sequence sequence) {
            return new Sequence(sequence.items().stream().map(this::expression).toList());
        } else if (node instanceof AntlrNode.Choice choice) {
            return new Choice(
                    choice.alternatives().stream().map(this::expression).toList());
        } else if (node instanceof AntlrNode.Repeat repeat) {
            return new Expression.Repeat(expression(repeat.item()), repeat.min(), repeat.max());
        } else if (node instanceof AntlrNode.Name name) {
            return reference(name);
        } else if (node instanceof AntlrNode.Text text) {
            return new RuleReference(token(text));
        } else if (node instanceof AntlrNode.Any) {
            return others(Set.of());
        } else if (node instanceof AntlrNode.Not not) {
            Set<String> excluded = new LinkedHashSet<>();
            exclude(not.item(), excluded, not.spot());
            return others(excluded);
        } else if (node instanceof AntlrNode.Action action) {
            if (action.isPredicate()) {
                throw refused("predicate", "a predicate is a program, which decides what a sentence is", action.spot());
            }
            return Sequence.of();
        }
        Spot spot = node instanceof AntlrNode.Characters set
                ? set.spot()
                : ((AntlrNode.Range) node).first().spot();
        throw spot.source().error("sets of characters are for rules of the lexer", spot.offset());
    }

    private String token(AntlrNode.Text text) {
        return aliases.getOrDefault(written(text), written(text));
    }

    private Expression reference(AntlrNode.Name name) {
        String text = name.name();
        if (definitions.containsKey(text) || text.equals(EndOfText.NAME) || lexer.isToken(text)) {
            return new RuleReference(text);
        } else if (file.tokens().contains(text)) {
            return typed(text) ? new RuleReference(text) : Choice.of();
        }
        throw unknown(name);
    }

    /** Whether some rule of the lexer makes tokens of a name that is not its own. */
    private boolean typed(String token) {
        for (Definition definition : lexer.all()) {
            if (definition.alternatives().stream()
                    .flatMap(each -> each.commands().stream())
                    .anyMatch(command ->
                            command.name().equals("type") && command.argument().equals(token))) {
                return true;
            }
        }
        return false;
    }

    private EspalierException unknown(AntlrNode.Name name) {
        Spot spot = name.spot();
        if (lexer.names().contains(name.name())) {
            return refused(name.name(), "\"" + name.name() + "\" is a fragment, which is no token", spot);
        }
        Set<String> all = new LinkedHashSet<>(definitions.keySet());
        all.addAll(lexer.names());
        return new ReferenceException(
                "no rule is called \"" + name.name() + "\"" + NearestName.question(name.name(), all),
                spot.source().place(spot.offset()));
    }

    private void exclude(AntlrNode node, Set<String> excluded, Spot spot) {
        if (node instanceof AntlrNode.Choice choice) {
            choice.alternatives().forEach(item -> exclude(item, excluded, spot));
        } else if (node instanceof AntlrNode.Text text) {
            excluded.add(token(text));
        } else if (node instanceof AntlrNode.Name name && AntlrFile.Definition.isToken(name.name())) {
            Expression unused = reference(name);
            excluded.add(name.name());
        } else {
            throw spot.source().error("~ is for a token, or a group of tokens", spot.offset());
        }
    }

    /** Any token but some. */
    private Expression others(Set<String> excluded) {
        Set<String> tokens = new LinkedHashSet<>(literals.keySet());
        for (Definition definition : lexer.all()) {
            if (!definition.isFragment()) {
                tokens.add(definition.name());
            }
        }
        file.tokens().stream().filter(this::typed).forEach(tokens::add);
        return new Choice(tokens.stream()
                .filter(token -> !excluded.contains(token))
                .<Expression>map(RuleReference::new)
                .toList());
    }

    private static UnsupportedFeatureException refused(String feature, String message, Spot spot) {
        return new UnsupportedFeatureException(feature, message, spot.source().place(spot.offset()));
    }
}
