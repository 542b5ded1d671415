// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.State;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The automaton against Earley's algorithm, which shares no code with it: every byte after every prefix of a walk. */
class AutomatonOracleTest {

    private static final int GRAMMARS = Integer.getInteger("espalier.oracle.grammars", 300);
    private static final long SEED = Long.getLong("espalier.oracle.seed", 20261120);

    @Test
    void everyByteAfterEveryPrefixIsJudgedAlike() {
        RandomGrammars grammars = new RandomGrammars(SEED, RandomGrammars.Shape.SMALL);
        Random random = new Random(SEED);
        int refused = 0;
        long compared = 0;
        for (int i = 0; i < GRAMMARS; i++) {
            Grammar grammar = grammars.nextProductive();
            PushdownAutomaton automaton;
            try {
                automaton = AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard());
            } catch (UnsupportedFeatureException exception) {
                refused++;
                continue;
            }
            for (int walk = 0; walk < 3; walk++) {
                compared += walk(grammar, automaton, random);
            }
        }
        System.out.printf("automaton against Earley: %d grammars, %d refused, %d steps%n", GRAMMARS, refused, compared);
    }

    /** Rules that begin with themselves inside bounds too large to be written out, or in any order. */
    @RandomTrials(60)
    void leftRecursionThroughBoundsIsThatOfEarley(long seed) {
        Random random = new Random(seed);
        Expression root = new Expression.RuleReference("root");
        List<Expression> items = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Expression self = random.nextBoolean() ? root : new Expression.Repeat(root, 0, 1);
            Expression other = Expression.Literal.of(List.of("a", "b", "ab").get(random.nextInt(3)));
            items.add(
                    random.nextInt(3) == 0
                            ? Expression.Choice.of(other, Expression.Sequence.of(self, other))
                            : Expression.Sequence.of(self, other));
        }
        int min = random.nextInt(4);
        Expression many = new Expression.Repeat(items.get(0), min, 300 + min);
        Expression some = new Expression.Permutation(
                List.of(
                        new Expression.Permutation.Item(items.get(1), random.nextInt(2), 1 + random.nextInt(2)),
                        new Expression.Permutation.Item(items.get(2), random.nextInt(2), Expression.UNBOUNDED)),
                random.nextBoolean() ? Expression.EMPTY : new Expression.Repeat(Expression.Literal.of("c"), 0, 1),
                random.nextInt(3),
                random.nextBoolean() ? Expression.UNBOUNDED : 3);
        Expression body =
                random.nextBoolean() ? many : random.nextBoolean() ? some : Expression.Sequence.of(many, some);
        Grammar grammar = Grammar.of(Expression.Choice.of(body, Expression.Literal.of("b")));
        PushdownAutomaton automaton = AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard());
        for (int walk = 0; walk < 3; walk++) {
            assertTrue(walk(grammar, automaton, random) > 0);
        }
    }

    private static long walk(Grammar grammar, PushdownAutomaton automaton, Random random) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(automaton.start());
        Column column = new SlowRecognizer(grammar).start();
        List<Integer> read = new ArrayList<>();
        long compared = 0;
        for (int length = 0; length < 12; length++) {
            String where = "seed " + SEED + " after " + read + " of " + grammar;
            assertEquals(column.isAccepting(), stepper.results(set).length > 0, where);
            List<Integer> live = new ArrayList<>();
            for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
                boolean alive = !stepper.step(set, symbol).isEmpty();
                assertEquals(column.advance(symbol).isLive(), alive, symbol + ", " + where);
                compared++;
                if (alive) {
                    live.add(symbol);
                }
            }
            if (live.isEmpty()) {
                break;
            }
            int symbol = live.get(random.nextInt(live.size()));
            set = stepper.step(set, symbol);
            column = column.advance(symbol);
            read.add(symbol);
        }
        return compared;
    }

    @Test
    void framesOfRandomGrammarsKeepTheContract() {
        RandomGrammars grammars = new RandomGrammars(SEED + 1, RandomGrammars.Shape.SMALL);
        int checked = 0;
        int refused = 0;
        for (int i = 0; i < GRAMMARS / 10; i++) {
            Grammar grammar = grammars.nextProductive();
            try {
                State start = AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard())
                        .start();
                if (start.results().length == 0) {
                    FrameContract.check(start, State.SPECIAL, SEED, 3, 10);
                }
                checked++;
            } catch (UnsupportedFeatureException exception) {
                refused++;
            }
        }
        System.out.printf("frame contract: %d grammars checked, %d refused%n", checked, refused);
    }
}
