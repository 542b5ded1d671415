// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.RuleReference;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Repetitions without the empty text, {@code x* - ""}, of rules that recurse too. */
class WithoutEmptyTest implements CountedTrials {

    private static final RandomGrammars.Shape SHAPE = new RandomGrammars.Shape(3, 3, false, false);

    private final Stepper stepper = new Stepper(Limits.DEFAULT);
    private int compiled;

    private boolean accepts(StackSet start, byte[] text) {
        StackSet set = start;
        for (byte symbol : text) {
            set = set.isEmpty() ? set : stepper.step(set, symbol & 0xff);
        }
        return !set.isEmpty() && stepper.results(set).length > 0;
    }

    private static StackSet start(Grammar grammar) {
        return StackSet.of(AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard())
                .start());
    }

    @Test
    void bracketsInBracketsNeedNotBeRegular() {
        Expression brackets = Sequence.of(
                Expression.Literal.of("("), new Repeat(new RuleReference("root"), 0, 1), Expression.Literal.of(")"));
        Grammar grammar = new Grammar(
                "root",
                Map.of("root", new Difference(new Repeat(brackets, 0, Expression.UNBOUNDED), Expression.EMPTY)));
        StackSet start = start(grammar);
        for (String text : new String[] {"()", "(())()", "", "(", "(()"}) {
            boolean expected = text.equals("()") || text.equals("(())()");
            assertEquals(expected, accepts(start, text.getBytes(StandardCharsets.UTF_8)), text);
        }
    }

    @RandomTrials(300)
    void onlyTheEmptyTextIsGone(long seed) {
        RandomGrammars grammars = new RandomGrammars(seed, SHAPE);
        Grammar grammar = grammars.nextProductive();
        Map<String, Expression> rules = new LinkedHashMap<>(grammar.rules());
        Expression left = seed % 3 == 0
                ? new RuleReference(grammar.root())
                : new Repeat(new RuleReference(grammar.root()), 0, seed % 3 == 1 ? Expression.UNBOUNDED : 3);
        rules.put("start", new Difference(left, Expression.EMPTY));
        Grammar without = new Grammar("start", rules);
        StackSet start;
        try {
            start = start(without);
        } catch (UnsupportedFeatureException notRegular) {
            return;
        } catch (UnsatisfiableException none) {
            start = StackSet.none();
        }
        compiled++;
        SlowRecognizer slow = new SlowRecognizer(without);
        SlowRecognizer with = new SlowRecognizer(grammar);
        for (int i = 0; i < 12; i++) {
            byte[] text = i == 0 ? new byte[0] : grammars.nextPrefix(with, i);
            assertEquals(slow.accepts(text), accepts(start, text), "seed " + seed + " " + without);
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(compiled > 150, "only " + compiled + " compiled");
    }
}
