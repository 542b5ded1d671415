// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import dev.espalier.automata.lexer.LexerTable;
import dev.espalier.automata.lexer.TextCut;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.parse.TokenLattice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The lexer of a grammar, for whole texts. */
@FastPath(oracle = "LexedGrammarTest")
public final class LexedText {

    private final LexerTable table;
    private final Map<Integer, String> names = new HashMap<>();

    private final OptionalInt levels;

    private LexedText(LexerCompiler.Compiled compiled) {
        this.table = compiled.table();
        this.levels = compiled.levels();
    }

    /**
     * The lexer of a grammar. Cost: as for compiling its tokens.
     *
     * @throws UnsupportedFeatureException if indentation makes tokens, some are parts, a token may be empty, or is not regular
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public static LexedText of(LexedGrammar grammar, WorkBudget budget) {
        if (grammar.indentation().isPresent()) {
            throw new UnsupportedFeatureException(
                    "indentation", "texts are not cut into tokens where indentation makes some", Place.UNKNOWN);
        }
        if (grammar.modes().stream().anyMatch(mode -> mode.stream().anyMatch(LexedGrammar.Token::isPart))) {
            throw new UnsupportedFeatureException(
                    "parts",
                    "texts are not cut into tokens where schemas or special tokens are among them",
                    Place.UNKNOWN);
        }
        LexedText lexer = new LexedText(LexerCompiler.compiled(grammar, budget));
        TokenGraph.kinds(grammar).forEach((name, kind) -> lexer.names.put(kind, name));
        return lexer;
    }

    /** A text as the lexer cuts it. Cost: the text's length times that of its longest token. */
    public TokenLattice cut(String text, WorkBudget budget) {
        return TextCut.of(table, names, text, budget);
    }

    /**
     * How many levels of rules that call themselves a token may have, such as comments in comments: {@code Limits.maxLexerNesting}, or fewer where there are many ways to
     * nest. A text that needs more is not in the language. Empty where nothing is bounded.
     */
    public OptionalInt levels() {
        return levels;
    }

    /** The tokens that no text is cut into, since another always wins. */
    public List<String> hidden() {
        return names.keySet().stream()
                .filter(kind -> !table.kinds().contains(kind))
                .sorted()
                .map(kind -> names.getOrDefault(kind, ""))
                .toList();
    }
}
