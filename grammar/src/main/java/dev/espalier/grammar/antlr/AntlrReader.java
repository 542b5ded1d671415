// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.name.NearestName;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.LexedGrammar.Lexing;
import dev.espalier.grammar.LexedGrammar.Token;
import dev.espalier.grammar.antlr.AntlrFile.Definition;
import dev.espalier.grammar.source.SourceText;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads grammar files of ANTLR 4, {@code .g4}: lexer and parser in one file, or a parser whose lexer is in another ({@code tokenVocab}), with what they import.
 *
 * <p>The texts are those that ANTLR's lexer and parser accept from end to end, from the start rule on, which is the first rule of the parser unless the options name
 * one; whether it asks for {@code EOF} does not matter. All channels but the default one are skipped.
 *
 * <p>Rules of the lexer may call themselves, and modes lie on each other, as deep as {@link dev.espalier.core.Limits#maxLexerNesting} says; rules that only begin or end
 * with themselves are regular, and have no limit.
 *
 * <p>Actions of parser rules, their arguments and labels do not decide what is a sentence, and are left out. Refused by name and place: predicates, and actions of the
 * lexer. Thread-safe.
 */
public final class AntlrReader implements GrammarReader<LexedGrammar> {

    private final AntlrSyntax syntax = new AntlrSyntax();

    @Override
    public LexedGrammar read(String text, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(text, budget.limits()), options, budget);
    }

    @Override
    public LexedGrammar read(String sourceName, byte[] utf8, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(sourceName, utf8, budget.limits()), options, budget);
    }

    private LexedGrammar read(SourceText source, GrammarOptions options, WorkBudget budget) {
        if (!options.frames().isEmpty()) {
            throw new UnsupportedFeatureException(
                    "parts", "rules over tokens have no names that stand for schemas", source.place(0));
        }
        AntlrFile file = new AntlrFiles(syntax, options.folder(), budget).whole(source);
        checkNames(file);
        return DeepStack.call(budget.limits().maxNesting(), () -> grammar(file, source, options, budget));
    }

    private static void checkNames(AntlrFile file) {
        Set<String> names = new HashSet<>();
        for (Definition definition : file.definitions()) {
            if (!names.add(definition.name())) {
                throw definition
                        .spot()
                        .source()
                        .error(
                                "a second rule called \"" + definition.name() + "\"",
                                definition.spot().offset());
            }
        }
    }

    private LexedGrammar grammar(AntlrFile file, SourceText source, GrammarOptions options, WorkBudget budget) {
        LexerRules lexer = new LexerRules(file, budget);
        ParserRules parser = new ParserRules(file, lexer, budget);
        Map<String, Expression> rules = parser.rules();
        if (rules.isEmpty()) {
            throw new ReferenceException("there is no rule of a parser, and a grammar starts there", source.place(0));
        }
        String root = options.root().orElseGet(() -> rules.keySet().iterator().next());
        if (!rules.containsKey(root)) {
            throw new ReferenceException(
                    "no rule is called \"" + root + "\", and a grammar starts there"
                            + NearestName.question(root, rules.keySet()),
                    source.place(0));
        }
        LexerModes stacks = new LexerModes(lexer, parser.literals(), budget.limits());
        List<List<Token>> modes = stacks.all();
        return new LexedGrammar(
                modes,
                Lexing.LONGEST,
                known(EndOfText.without(root, rules), modes),
                Optional.empty(),
                lexer.fragments(),
                stacks.levels());
    }

    /** Rules in which tokens that no mode has are nothing. */
    private static Grammar known(Grammar grammar, List<List<Token>> modes) {
        Set<String> names = new HashSet<>(grammar.rules().keySet());
        modes.forEach(mode -> mode.forEach(token -> names.add(token.name())));
        Map<String, Expression> rules = new LinkedHashMap<>();
        grammar.rules().forEach((name, body) -> rules.put(name, known(body, names)));
        return new Grammar(grammar.root(), rules);
    }

    private static Expression known(Expression expression, Set<String> names) {
        if (expression instanceof Expression.RuleReference reference) {
            return names.contains(reference.name()) ? reference : Choice.of();
        } else if (expression instanceof Expression.Sequence sequence) {
            return new Expression.Sequence(
                    sequence.items().stream().map(item -> known(item, names)).toList());
        } else if (expression instanceof Choice choice) {
            return new Choice(choice.alternatives().stream()
                    .map(item -> known(item, names))
                    .toList());
        }
        Expression.Repeat repeat = (Expression.Repeat) expression;
        return new Expression.Repeat(known(repeat.item(), names), repeat.min(), repeat.max());
    }

    /** How many states the lexer's tables have. */
    int lexerStates() {
        return syntax.lexerStates();
    }
}
