// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.cli.options.NamedOutput;
import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.Syntax;
import dev.espalier.schemas.options.SchemaOptions;

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

    /** The grammar, if it is one of characters. */
    Grammar ofCharacters() {
        if (syntax instanceof Grammar grammar) {
            return grammar;
        }
        throw new UnsupportedFeatureException(
                "lexer",
                name
                        + ": trees and sentences are for grammars of characters; grammar convert writes this one without its lexer",
                Place.UNKNOWN);
    }
}
