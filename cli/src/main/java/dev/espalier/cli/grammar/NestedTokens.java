// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.automata.compile.LexedText;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.Syntax;
import java.util.OptionalInt;

/** Says how deep rules of a lexer that call themselves may be in each other. */
public final class NestedTokens {

    private NestedTokens() {}

    /** The number of levels; empty where nothing is bounded. Cost: that of compiling the lexer, where rules of it call themselves. */
    public static OptionalInt levels(Syntax syntax, WorkBudget budget) {
        return syntax instanceof LexedGrammar lexed && !lexed.fragments().isEmpty()
                ? LexedText.of(lexed, budget).levels()
                : OptionalInt.empty();
    }

    /** A sentence about the bound. */
    public static String bound(int levels, Limits limits) {
        String why = levels < limits.maxLexerNesting()
                ? "there are too many ways to nest for the limit maxLexerNesting = "
                : "the limit maxLexerNesting = ";
        return "rules of the lexer that call themselves nest at most " + levels + " deep (" + why
                + limits.maxLexerNesting() + "); texts with more are refused";
    }
}
