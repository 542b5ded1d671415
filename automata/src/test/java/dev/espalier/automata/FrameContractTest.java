// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.State;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameContractTest {

    private static final int ASCII = 128;

    private final Stepper stepper = new Stepper(Limits.DEFAULT);

    private static State ruleFrame() {
        Expression number = new Expression.Repeat(new Expression.CharacterClass(CodePoints.range('0', '9')), 1, -1);
        Expression list = Expression.Sequence.of(
                Expression.Literal.of("("),
                new Expression.Repeat(new Expression.RuleReference("root"), 0, 300),
                Expression.Literal.of(")"));
        Grammar grammar = new Grammar("root", Map.of("root", Expression.Choice.of(number, list)));
        return AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard())
                .start();
    }

    @Test
    void ruleFramesKeepTheContract() {
        FrameContract.check(ruleFrame(), ASCII, 1, 20, 60);
    }

    @Test
    void registerFramesKeepTheContract() {
        FrameContract.check(KeysState.start(0b0101, ruleFrame()), ASCII, 2, 30, 60);
    }

    @Test
    void twoLaneFramesKeepTheContract() {
        for (int goal = 0; goal < 4; goal++) {
            FrameContract.check(TwoLaneValue.start(goal), ASCII, 3 + goal, 10, 14);
        }
    }

    @Test
    void twoLanesAllowExactlyWhatSomeCompletionJustifies() {
        List<String> values = valuesUpTo(9);
        int[][] goals = {{0}, {1}, {2}, {3}, {1, 2}, {0, 3}};
        for (int[] goal : goals) {
            Set<String> prefixes = new HashSet<>();
            Set<String> sentences = new HashSet<>();
            for (String value : values) {
                if (contains(goal, TwoLaneValue.verdicts(value))) {
                    sentences.add(value);
                    for (int i = 0; i <= value.length(); i++) {
                        prefixes.add(value.substring(0, i));
                    }
                }
            }
            compare("", StackSet.of(TwoLaneValue.start(goal)), prefixes, sentences);
        }
    }

    private void compare(String prefix, StackSet set, Set<String> prefixes, Set<String> sentences) {
        assertEquals(sentences.contains(prefix), stepper.results(set).length > 0, prefix);
        if (prefix.length() >= 9) {
            return;
        }
        for (char symbol : new char[] {'x', 'y', '[', ']', ','}) {
            StackSet next = stepper.step(set, symbol);
            String longer = prefix + symbol;
            if (prefixes.contains(longer)) {
                assertTrue(!next.isEmpty(), longer + " is dead but can be completed");
                compare(longer, next, prefixes, sentences);
            } else if (!next.isEmpty()) {
                assertTrue(longer.length() + stepper.distance(next) > 9, longer + " lives but cannot be completed");
            }
        }
    }

    private static boolean contains(int[] goal, int vector) {
        for (int wanted : goal) {
            if (wanted == vector) {
                return true;
            }
        }
        return false;
    }

    private static List<String> valuesUpTo(int length) {
        List<String> found = new ArrayList<>();
        grow("", length, found);
        return found;
    }

    private static void grow(String text, int length, List<String> found) {
        if (TwoLaneValue.verdicts(text) >= 0) {
            found.add(text);
            return;
        }
        if (text.length() < length && isPlausible(text)) {
            for (char symbol : new char[] {'x', 'y', '[', ']', ','}) {
                grow(text + symbol, length, found);
            }
        }
    }

    private static boolean isPlausible(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += text.charAt(i) == '[' ? 1 : text.charAt(i) == ']' ? -1 : 0;
            if (depth <= 0) {
                return false;
            }
            boolean item = text.charAt(i) == 'x' || text.charAt(i) == 'y' || text.charAt(i) == ']';
            boolean before = i > 0 && "[,".indexOf(text.charAt(i - 1)) >= 0;
            if (i > 0 && item && text.charAt(i) != ']' && !before) {
                return false;
            }
            if (text.charAt(i) == '[' && i > 0 && !before) {
                return false;
            }
            if (text.charAt(i) == ',' && before) {
                return false;
            }
        }
        return true;
    }

    @Test
    void utf8IsReadByteByByte() {
        PushdownAutomaton any = AutomatonCompiler.compile(
                Grammar.of(new Expression.CharacterClass(CodePoints.ALL)), Map.of(), WorkBudget.standard());
        for (int codePoint = 0; codePoint <= 0x10FFFF; codePoint += 7) {
            if (codePoint < 0xD800 || codePoint > 0xDFFF) {
                StackSet set = StackSet.of(any.start());
                for (byte value : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                    set = stepper.step(set, value & 0xff);
                }
                assertEquals(1, stepper.results(set).length, Integer.toHexString(codePoint));
            }
        }
        int[][] bad = {{0xC0}, {0xC1}, {0xE0, 0x80}, {0xED, 0xA0}, {0xF0, 0x8F}, {0xF4, 0x90}, {0xF5}, {0x80}};
        for (int[] bytes : bad) {
            StackSet set = StackSet.of(any.start());
            for (int value : bytes) {
                set = stepper.step(set, value);
            }
            assertTrue(set.isEmpty(), Integer.toHexString(bytes[0]));
        }
    }
}
