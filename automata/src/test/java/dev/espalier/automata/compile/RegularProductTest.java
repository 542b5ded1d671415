// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.Map;
import java.util.Random;

/** Intersections and differences of random regular expressions, against what Earley's algorithm says of each operand. */
class RegularProductTest implements CountedTrials {

    private static final RandomGrammars.Shape SHAPE = new RandomGrammars.Shape(1, 3, false, false);
    private static final int LENGTH = 4;
    private static final char[] SYMBOLS = "abc\"".toCharArray();
    private static final char[] NONE = {};

    private final Stepper stepper = new Stepper(Limits.DEFAULT);
    private int products;
    private int sentences;

    @RandomTrials(200)
    void aProductHasTheTextsThatItsOperandsGiveIt(long seed, Random random) {
        RandomGrammars expressions = new RandomGrammars(seed, SHAPE);
        Expression left = new Expression.Repeat(expressions.nextRegular(), 0, -1);
        Expression right = new Expression.Repeat(expressions.nextRegular(), 0, random.nextBoolean() ? -1 : 2);
        boolean both = random.nextBoolean();
        Expression product = both ? new Expression.Intersection(left, right) : new Expression.Difference(left, right);
        StackSet set;
        try {
            set = StackSet.of(AutomatonCompiler.compile(Grammar.of(product), Map.of(), WorkBudget.standard())
                    .start());
            products++;
        } catch (UnsatisfiableException none) {
            set = StackSet.none();
        }
        Column first = SlowRecognizer.of(left).start();
        compare(set, first, SlowRecognizer.of(right).start(), both, "");
    }

    @Override
    public void afterTrials() {
        assertTrue(products > 100, "only " + products + " products");
        assertTrue(sentences > products, "only " + sentences + " sentences");
    }

    /** All texts of a few characters that go on from where the operands are. */
    private void compare(StackSet set, Column left, Column right, boolean both, String text) {
        boolean expected = left.isAccepting() && right.isAccepting() == both;
        assertEquals(expected, !set.isEmpty() && stepper.results(set).length > 0, text);
        sentences += expected ? 1 : 0;
        for (char symbol : text.length() < LENGTH ? SYMBOLS : NONE) {
            Column next = left.advance(symbol);
            if (next.isLive()) {
                StackSet after = set.isEmpty() ? set : stepper.step(set, symbol);
                compare(after, next, right.advance(symbol), both, text + symbol);
            }
        }
    }
}
