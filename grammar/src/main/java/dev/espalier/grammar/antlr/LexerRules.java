// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.antlr.AntlrFile.Definition;
import dev.espalier.grammar.antlr.AntlrNode.Spot;
import dev.espalier.grammar.source.SourceText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The texts of a lexer's rules. */
final class LexerRules {

    private static final String CASE_INSENSITIVE = "caseInsensitive";

    private final Map<String, Definition> definitions = new LinkedHashMap<>();
    private final Map<String, String> options;
    private final WorkBudget budget;
    private final Map<String, Expression> known = new HashMap<>();
    private final Map<SourceText, AntlrCharacters> characters = new HashMap<>();
    private final Map<String, Expression> fragments = new LinkedHashMap<>();
    private final LexerRecursion recursion;

    LexerRules(AntlrFile file, WorkBudget budget) {
        this.options = file.options();
        this.budget = budget;
        for (Definition definition : file.definitions()) {
            if (definition.isToken()) {
                definitions.put(definition.name(), definition);
            }
        }
        this.recursion = new LexerRecursion(definitions, budget);
    }

    /** The rules that call themselves, by name, as far as they have been met. */
    Map<String, Expression> fragments() {
        return fragments;
    }

    /** The rules, fragments included, in the order they are written. */
    Iterable<Definition> all() {
        return definitions.values();
    }

    /** Whether there is a rule of a name that is no fragment. */
    boolean isToken(String name) {
        Definition definition = definitions.get(name);
        return definition != null && !definition.isFragment();
    }

    /** All names, for messages. */
    Set<String> names() {
        return definitions.keySet();
    }

    /** What a rule describes. */
    Expression text(Definition definition) {
        return rule(definition.name(), definition.spot());
    }

    /** A string of a parser rule as a token. */
    Expression literal(String text) {
        return literal(text, isTrue(options));
    }

    private boolean isCaseInsensitive(Definition definition) {
        return definition.options().containsKey(CASE_INSENSITIVE) ? isTrue(definition.options()) : isTrue(options);
    }

    private static boolean isTrue(Map<String, String> given) {
        return "true".equals(given.get(CASE_INSENSITIVE));
    }

    /** The characters of a file. */
    AntlrCharacters characters(Spot spot) {
        return characters.computeIfAbsent(spot.source(), source -> new AntlrCharacters(source, budget));
    }

    private Expression rule(String name, Spot spot) {
        if (name.equals("EOF")) {
            return LexedGrammar.END_OF_TEXT;
        }
        Definition definition = definitions.get(name);
        if (definition == null) {
            throw new ReferenceException(
                    "no rule of the lexer is called \"" + name + "\""
                            + NearestName.question(name, definitions.keySet()),
                    spot.source().place(spot.offset()));
        }
        Expression text = known.get(name);
        if (text == null) {
            text = recursion.isRecursive(name) ? recursive(definition) : body(definition);
            known.put(name, text);
        }
        return text;
    }

    private Expression body(Definition definition) {
        boolean ignoresCase = isCaseInsensitive(definition);
        List<Expression> alternatives = definition.alternatives().stream()
                .map(each -> expression(each.body(), ignoresCase))
                .toList();
        return alternatives.size() == 1 ? alternatives.get(0) : new Expression.Choice(alternatives);
    }

    /** A rule that calls itself: a reference, or where all calls come first, what it describes. */
    private Expression recursive(Definition definition) {
        String name = definition.name();
        Set<String> cycle = recursion.cycle(name);
        cycle.forEach(each -> known.put(each, new Expression.RuleReference(each)));
        Map<String, Expression> bodies = new LinkedHashMap<>();
        cycle.forEach(each -> bodies.put(each, body(Objects.requireNonNull(definitions.get(each)))));
        if (!recursion.beginsWithItself(cycle)) {
            fragments.putAll(bodies);
            return new Expression.RuleReference(name);
        }
        LeftLinearRules.solved(bodies)
                .orElseThrow(() -> refused(
                        "recursion",
                        "the rule " + name + " of the lexer begins with itself and calls itself elsewhere, too",
                        definition.spot()))
                .forEach(known::put);
        return Objects.requireNonNull(known.get(name));
    }

    private Expression expression(AntlrNode node, boolean ignoresCase) {
        budget.step();
        if (node instanceof AntlrNode.Sequence sequence) {
            return new Expression.Sequence(sequence.items().stream()
                    .map(item -> expression(item, ignoresCase))
                    .toList());
        } else if (node instanceof AntlrNode.Choice choice) {
            return new Expression.Choice(choice.alternatives().stream()
                    .map(item -> expression(item, ignoresCase))
                    .toList());
        } else if (node instanceof AntlrNode.Repeat repeat) {
            return new Expression.Repeat(
                    expression(repeat.item(), ignoresCase), repeat.min(), repeat.max(), repeat.isLazy());
        } else if (node instanceof AntlrNode.Name name) {
            return rule(name.name(), name.spot());
        } else if (node instanceof AntlrNode.Text text) {
            return literal(characters(text.spot()).text(text), ignoresCase);
        } else if (node instanceof AntlrNode.Action action) {
            String what = action.isPredicate() ? "predicate" : "action";
            throw refused(
                    what,
                    "a" + (action.isPredicate() ? " " : "n ") + what
                            + " in the lexer is a program, which decides what a token is",
                    action.spot());
        }
        return new CharacterClass(members(node, ignoresCase));
    }

    private static Expression literal(String text, boolean ignoresCase) {
        if (!ignoresCase) {
            return Expression.Literal.of(text);
        }
        return new Expression.Sequence(text.codePoints()
                .<Expression>mapToObj(c -> new CharacterClass(AntlrCharacters.range(c, c, true)))
                .toList());
    }

    /** One character of a set. */
    private CodePoints members(AntlrNode node, boolean ignoresCase) {
        if (node instanceof AntlrNode.Any) {
            return CodePoints.ALL;
        } else if (node instanceof AntlrNode.Characters written) {
            return characters(written.spot()).members(written, ignoresCase);
        } else if (node instanceof AntlrNode.Range range) {
            return range(range, ignoresCase);
        } else if (node instanceof AntlrNode.Not not) {
            return negated(not.item(), ignoresCase, not.spot()).complement();
        }
        throw new IllegalStateException("no set: " + node);
    }

    private CodePoints range(AntlrNode.Range range, boolean ignoresCase) {
        Spot spot = range.first().spot();
        int first = characters(spot).only(range.first());
        int last = characters(spot).only(range.last());
        if (last < first) {
            throw error("the ends of a range are the wrong way round", spot);
        }
        return AntlrCharacters.range(first, last, ignoresCase);
    }

    private CodePoints negated(AntlrNode node, boolean ignoresCase, Spot spot) {
        if (node instanceof AntlrNode.Choice choice) {
            CodePoints all = CodePoints.NONE;
            for (AntlrNode item : choice.alternatives()) {
                all = all.union(negated(item, ignoresCase, spot));
            }
            return all;
        } else if (node instanceof AntlrNode.Text text) {
            int only = characters(text.spot()).only(text);
            return AntlrCharacters.range(only, only, ignoresCase);
        } else if (node instanceof AntlrNode.Characters || node instanceof AntlrNode.Range) {
            return members(node, ignoresCase);
        }
        throw error("~ is for a character, a set, or a group of these", spot);
    }

    private static SyntaxException error(String message, Spot spot) {
        return spot.source().error(message, spot.offset());
    }

    private static UnsupportedFeatureException refused(String feature, String message, Spot spot) {
        return new UnsupportedFeatureException(feature, message, spot.source().place(spot.offset()));
    }
}
