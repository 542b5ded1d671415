// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.automata.compile.LexedText;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.cli.options.NamedOutput;
import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.Syntax;
import dev.espalier.grammar.parse.GrammarCheck;
import dev.espalier.grammar.parse.ParseTree;
import dev.espalier.grammar.parse.Reading;
import dev.espalier.grammar.parse.TextReader;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;

/** A grammar as a command line names it. */
record GrammarInput(String name, Syntax syntax, WorkBudget budget) {

    /** The grammar of a file, or of the options for constraints. */
    static GrammarInput of(Console console, ConstraintOptions constraint, String file) {
        constraint.addGrammar(file);
        NamedOutput named = constraint.one(console, SchemaOptions.DEFAULT);
        Syntax syntax =
                named.source().grammar().orElseThrow(() -> new InvalidInputException(named.name() + " is no grammar"));
        return new GrammarInput(named.name(), syntax, new WorkBudget(constraint.limits(), new Cancellation()));
    }

    /** How the grammar reads a text; where it has a lexer, its tokens are leaves. */
    Reading read(String text) {
        if (syntax instanceof Grammar rules) {
            return TextReader.read(rules, rules.root(), text, budget);
        }
        LexedGrammar lexed = (LexedGrammar) syntax;
        Reading reading = TextReader.read(
                lexed.rules(),
                GrammarCheck.tokens(lexed),
                lexed.rules().root(),
                LexedText.of(lexed, budget).cut(text, budget),
                2,
                budget);
        if (reading instanceof Reading.Sentence sentence) {
            return new Reading.Sentence(
                    sentence.trees().stream().map(GrammarInput::shown).toList());
        }
        Reading.Failure failure = (Reading.Failure) reading;
        return new Reading.Failure(failure.at(), shown(failure.expected()), shown(failure.inside()));
    }

    private static List<String> shown(List<String> names) {
        return names.stream().map(GrammarCheck::shown).distinct().toList();
    }

    private static ParseTree shown(ParseTree tree) {
        return new ParseTree(
                GrammarCheck.shown(tree.rule()),
                tree.from(),
                tree.to(),
                tree.children().stream().map(GrammarInput::shown).toList());
    }

    /** The grammar, if it is one of characters. */
    Grammar ofCharacters() {
        if (syntax instanceof Grammar grammar) {
            return grammar;
        }
        throw new UnsupportedFeatureException(
                "lexer",
                name
                        + ": random sentences are for grammars of characters; grammar convert writes this one without its lexer",
                Place.UNKNOWN);
    }
}
