// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameGrammarTest {

    private static Grammar back(Grammar grammar) {
        return FrameGrammar.of(
                AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard()), WorkBudget.standard());
    }

    @Test
    void theGrammarOfAnAutomatonIsThatOfItsTexts() {
        RandomGrammars grammars = new RandomGrammars(23, RandomGrammars.Shape.SMALL);
        int compared = 0;
        for (int round = 0; round < 200; round++) {
            Grammar grammar = grammars.nextProductive();
            Grammar back;
            try {
                back = back(grammar);
            } catch (UnsupportedFeatureException e) {
                continue;
            }
            compared++;
            SlowRecognizer original = new SlowRecognizer(grammar);
            SlowRecognizer readBack = new SlowRecognizer(back);
            for (int i = 0; i < 8; i++) {
                byte[] text = i % 2 == 0 ? grammars.nextText(5) : grammars.nextPrefix(original, 6);
                String about = "round " + round + ": " + grammar + "\n" + back;
                assertEquals(original.accepts(text), readBack.accepts(text), about);
                assertEquals(original.isPrefix(text), readBack.isPrefix(text), about);
            }
        }
        assertTrue(compared > 150, "most automata have a grammar, " + compared);
    }

    @Test
    void manyStatesAreRefused() {
        Grammar counted = Grammar.of(new Repeat(Literal.of("ab"), 0, 20_000));
        assertThrows(UnsupportedFeatureException.class, () -> back(counted));
    }

    @Test
    void specialTokensAreRefused() {
        Grammar token = Grammar.of(Expression.Sequence.of(Literal.of("a"), new SpecialToken("<|x|>", -1)));
        assertThrows(UnsupportedFeatureException.class, () -> back(token));
    }
}
