// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.automata.compile.LexedText;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.Syntax;
import java.util.ArrayList;
import java.util.List;

/** Says how deep rules and modes of a lexer may be in each other. */
public final class NestedTokens {

    private NestedTokens() {}

    /** Sentences about what is bounded; none if nothing is. Cost: that of compiling the lexer, where rules of it call themselves. */
    public static List<String> bounds(Syntax syntax, WorkBudget budget) {
        List<String> bounds = new ArrayList<>();
        if (syntax instanceof LexedGrammar lexed) {
            int most = budget.limits().maxLexerNesting();
            if (!lexed.fragments().isEmpty()) {
                LexedText.of(lexed, budget)
                        .levels()
                        .ifPresent(
                                levels -> bounds.add(bound("rules of the lexer that call themselves", levels, most)));
            }
            lexed.stackedModes().ifPresent(levels -> bounds.add(bound("modes of the lexer", levels, most)));
        }
        return bounds;
    }

    private static String bound(String what, int levels, int most) {
        String why = levels < most ? "there are too many ways for" : "the limit is";
        return what + " nest at most " + levels + " deep (" + why + " maxLexerNesting = " + most
                + "); texts with more are refused";
    }
}
