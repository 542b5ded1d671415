// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.counting.CountingState;
import dev.espalier.automata.nfa.Lengths;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.automata.rule.Frames;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.SymbolicState;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Counting automata against the same expressions written out. */
class CountingAutomatonTest {

    private static final int STEPS = 24;

    private final Stepper stepper = new Stepper(Limits.DEFAULT);

    @RandomTrials(600)
    void readsWhatIsWrittenOut(long seed) {
        Random random = new Random(seed);
        Grammar grammar = Grammar.of(new Expression.Sequence(List.of(nested(random, 3), nested(random, 3))));
        State counting = counting(grammar);
        RuleTable table = new RuleTable(grammar, true, WorkBudget.standard());
        if (counting == null || table.size(grammar.rule(grammar.root()), 2_000) == 2_000) {
            return;
        }
        State plain = writtenOut(grammar);
        for (int walk = 0; walk < 6; walk++) {
            StackSet all = StackSet.of(plain);
            StackSet counted = StackSet.of(counting);
            for (int i = 0; i < STEPS; i++) {
                String where = "seed " + seed + " after " + i + " in " + counted;
                assertEquals(stepper.distance(all), stepper.distance(counted), where);
                assertEquals(stepper.results(all).length, stepper.results(counted).length, where);
                List<Integer> live = new ArrayList<>();
                for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
                    boolean isLive = !stepper.step(all, symbol).isEmpty();
                    assertEquals(isLive, !stepper.step(counted, symbol).isEmpty(), where);
                    assertEquals(isLive, stepper.readable(counted).contains(symbol), where);
                    if (isLive) {
                        live.add(symbol);
                    }
                }
                if (live.isEmpty()) {
                    break;
                }
                int symbol = live.get(random.nextInt(live.size()));
                all = stepper.step(all, symbol);
                counted = stepper.step(counted, symbol);
                assertEquals(1, counted.size(), where);
            }
        }
    }

    @RandomTrials(60)
    void keepsTheContract(long seed) {
        Random random = new Random(seed);
        State start = counting(Grammar.of(nested(random, 3)));
        if (start != null) {
            FrameContract.check(start, State.SPECIAL, seed, 2, 10);
        }
    }

    private static @Nullable State counting(Grammar grammar) {
        WorkBudget budget = WorkBudget.standard();
        RuleTable rules = new RuleTable(grammar, false, budget);
        return new ExpressionCompiler(rules, budget)
                .counting(grammar.rule(grammar.root()))
                .start();
    }

    /** As one automaton without counters. */
    private static State writtenOut(Grammar grammar) {
        WorkBudget budget = WorkBudget.standard();
        ExpressionCompiler compiled = new ExpressionCompiler(grammar, Map.of(), true, budget);
        RuleGraph graph = compiled.graph();
        assertEquals(1, graph.callees().size());
        return new Frames(graph, new Lengths(graph, budget), budget).root(false);
    }

    private static Expression nested(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 2 : 7);
        return switch (kind) {
            case 0 -> Expression.Literal.of("aabcé".substring(random.nextInt(3), 2 + random.nextInt(4)));
            case 1 -> {
                char first = (char) ('a' + random.nextInt(3));
                yield new Expression.CharacterClass(CodePoints.range(first, random.nextInt(4) == 0 ? 0x20ac : 'c'));
            }
            case 2 -> new Expression.Sequence(List.of(nested(random, depth - 1), nested(random, depth - 1)));
            case 3 -> new Expression.Choice(List.of(nested(random, depth - 1), nested(random, depth - 1)));
            default -> {
                int min = random.nextInt(4);
                int max = random.nextInt(5) == 0 ? Expression.UNBOUNDED : min + random.nextInt(5);
                yield new Expression.Repeat(nested(random, depth - 1), min, max);
            }
        };
    }

    @Test
    void ambiguousCountersAreFewConfigurations() {
        Expression word = repeat(letters('a', 'z'), 1, 63);
        Expression labels = repeat(new Expression.Sequence(List.of(word, repeat(text("."), 0, 1))), 1, 100);
        StackSet set = StackSet.of(Objects.requireNonNull(counting(Grammar.of(labels))));
        for (byte read : "abcdefghij".repeat(20).getBytes(StandardCharsets.UTF_8)) {
            set = stepper.step(set, read);
            assertTrue(((CountingState) set.top(0)).bytes() < 160, set.toString());
        }
    }

    @Test
    void whatIsAmbiguousAroundARepetitionCountsWithIt() {
        Expression word = repeat(letters('a', 'z'), 1, 300);
        Expression words = repeat(new Expression.Sequence(List.of(word, repeat(text(","), 0, 1))), 1, 9);
        Expression quoted = repeat(new Expression.Sequence(List.of(text("<"), word, text(">"))), 1, 9);
        Expression apart = new Expression.Choice(List.of(word, text("1")));
        Expression either = new Expression.Choice(List.of(word, text("one")));
        Expression after = new Expression.Sequence(List.of(word, repeat(text(" "), 0, 1), text("end")));
        Expression few = repeat(letters('a', 'z'), 1, 9);
        for (Expression counted : List.of(word, words, either, after)) {
            assertTrue(isCounted(counted), counted.toString());
        }
        for (Expression other : List.of(quoted, apart, few, new Expression.Sequence(List.of(word, text("."))))) {
            assertFalse(isCounted(other), other.toString());
        }
    }

    @Test
    void chainsOfRulesAreFollowedOnlySoFar() {
        Map<String, Expression> rules = new HashMap<>();
        int last = 5_000;
        rules.put("r" + last, repeat(letters('a', 'z'), 1, 300));
        for (int rule = 0; rule < last; rule++) {
            rules.put("r" + rule, new Expression.RuleReference("r" + (rule + 1)));
        }
        List<Expression> all = new ArrayList<>();
        for (int rule = last; rule >= 0; rule--) {
            all.add(new Expression.RuleReference("r" + rule));
        }
        for (Expression root : List.of(new Expression.RuleReference("r0"), new Expression.Choice(all))) {
            rules.put("root", root);
            PushdownAutomaton automaton =
                    AutomatonCompiler.compile(new Grammar("root", rules), Map.of(), WorkBudget.standard());
            assertFalse(stepper.step(StackSet.of(automaton.start()), 'a').isEmpty());
        }
    }

    private static boolean isCounted(Expression expression) {
        WorkBudget budget = WorkBudget.standard();
        return new CountedParts(new RuleTable(Grammar.of(expression), false, budget), budget).contains(expression);
    }

    /** The example of docs/design/counting.md. */
    @Test
    void tokensCostWhatTheyTakeOfWordsAndLetters() {
        Expression word = new Expression.Sequence(List.of(repeat(letters('a', 'c'), 0, 4), repeat(text("-"), 0, 1)));
        StackSet set = StackSet.of(Objects.requireNonNull(counting(Grammar.of(repeat(word, 0, 9)))));
        for (byte read : "ab".getBytes(StandardCharsets.UTF_8)) {
            set = stepper.step(set, read);
        }
        List<Family.Part> parts = ((Family.Counting) set.top(0)).parts(2);
        List<String> rooms =
                parts.stream().map(part -> Arrays.toString(part.room())).toList();
        assertTrue(rooms.contains("[8, 1]") && rooms.contains("[7, 3]"), rooms.toString());
        Family.Part inWord = parts.get(rooms.indexOf("[8, 1]"));
        assertEquals("[0, 0]", costs(inWord, "a"));
        assertEquals("[0, 1, 1, 0]", costs(inWord, "ab"));
        assertEquals("[0, 2, 1, 0]", costs(inWord, "abc"));
        assertEquals("[1, 0]", costs(inWord, "a-b"));
    }

    private String costs(Family.Part part, String token) {
        StackSet set = StackSet.of(part.shape());
        for (byte read : token.getBytes(StandardCharsets.UTF_8)) {
            set = stepper.step(set, read);
        }
        return Arrays.toString(((SymbolicState) set.top(0)).liveCosts());
    }

    private static Expression letters(char first, char last) {
        return new Expression.CharacterClass(CodePoints.range(first, last));
    }

    private static Expression text(String text) {
        return Expression.Literal.of(text);
    }

    private static Expression repeat(Expression item, int min, int max) {
        return new Expression.Repeat(item, min, max);
    }
}
