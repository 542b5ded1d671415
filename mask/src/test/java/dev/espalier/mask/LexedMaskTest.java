// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Masks of grammars of tokens, where tokens of the vocabulary end in the middle of these. */
class LexedMaskTest {

    private static final Vocabulary VOCABULARY = Vocabulary.builder()
            .token(0, "i")
            .token(1, "f")
            .token(2, "if")
            .token(3, "if ")
            .token(4, "x")
            .token(5, " ")
            .token(6, " x;")
            .token(7, ";")
            .special(8, "<end>")
            .endIds(8)
            .build();

    private static Expression token(String name) {
        return new Expression.RuleReference(name);
    }

    @Test
    void aKeywordIsNoBeginningOfAName() {
        Expression letters = new Expression.Repeat(
                new Expression.CharacterClass(CodePoints.range('a', 'z')), 1, Expression.UNBOUNDED);
        LexedGrammar grammar = new LexedGrammar(
                List.of(
                        new LexedGrammar.Token("IF", Expression.Literal.of("if"), false),
                        new LexedGrammar.Token("NAME", letters, false),
                        new LexedGrammar.Token("END", Expression.Literal.of(";"), false),
                        new LexedGrammar.Token("BLANK", Expression.Literal.of(" "), true)),
                new Grammar("root", Map.of("root", Expression.Sequence.of(token("IF"), token("NAME"), token("END")))));
        try (GrammarCompiler compiler = new GrammarCompiler(VOCABULARY)) {
            Matcher matcher = compiler.compile(grammar).matcher();
            assertArrayEquals(new int[] {0, 2, 3, 5}, matcher.mask().sortedIds());
            matcher.accept(2);
            assertArrayEquals(new int[] {5, 6}, matcher.mask().sortedIds(), "a letter would make it a name");
            matcher.accept(5);
            assertArrayEquals(new int[] {0, 1, 2, 4, 5, 6}, matcher.mask().sortedIds());
            matcher.accept(2);
            assertArrayEquals(new int[] {0, 1, 2, 3, 4}, matcher.mask().sortedIds(), "if is a keyword, ifif a name");
            matcher.accept(4);
            matcher.accept(7);
            assertTrue(matcher.isAccepting());
        }
    }
}
