// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.counting.CountingState;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RuleFramesTest {

    private final Stepper stepper = new Stepper(Limits.DEFAULT);

    private static Expression text(String text) {
        return Expression.Literal.of(text);
    }

    private static Expression rule(String name) {
        return new Expression.RuleReference(name);
    }

    private static Expression all(Expression... items) {
        return Expression.Sequence.of(items);
    }

    private static Expression any(Expression... alternatives) {
        return Expression.Choice.of(alternatives);
    }

    private static PushdownAutomaton compile(Map<String, Expression> rules) {
        return AutomatonCompiler.compile(new Grammar("root", rules), Map.of(), WorkBudget.standard());
    }

    private StackSet after(PushdownAutomaton automaton, String text) {
        StackSet set = StackSet.of(automaton.start());
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            set = stepper.step(set, value & 0xff);
        }
        return set;
    }

    private boolean accepts(PushdownAutomaton automaton, String text) {
        return stepper.results(after(automaton, text)).length > 0;
    }

    @Test
    void nestingIsKeptOnTheStack() {
        PushdownAutomaton nested = compile(Map.of("root", any(all(text("("), rule("root"), text(")")), text("x"))));
        assertTrue(accepts(nested, "((x))"));
        assertFalse(accepts(nested, "((x)"));
        assertTrue(after(nested, "((x)))").isEmpty());
        assertEquals(2, stepper.distance(after(nested, "((x")));
        assertEquals(3, stepper.distance(after(nested, "((")));
    }

    @Test
    void aHundredThousandLevelsAreFine() {
        PushdownAutomaton nested = compile(Map.of("root", any(all(text("("), rule("root"), text(")")), text("x"))));
        StackSet set = after(nested, "(".repeat(100_000) + "x");
        assertEquals(100_000, stepper.distance(set));
        for (int i = 0; i < 100_000; i++) {
            set = stepper.step(set, ')');
        }
        assertTrue(stepper.results(set).length > 0);
    }

    @Test
    void leftRecursionBecomesALoopWithoutStack() {
        PushdownAutomaton list = compile(Map.of("root", rule("l"), "l", any(all(rule("l"), text("a")), text("b"))));
        assertTrue(accepts(list, "baaa"));
        assertFalse(accepts(list, "a"));
        StackSet early = after(list, "baa");
        StackSet late = after(list, "b" + "a".repeat(1000));
        assertEquals(early, late);
    }

    @Test
    void hiddenAndIndirectLeftRecursionAreExact() {
        PushdownAutomaton hidden = compile(Map.of(
                "root", any(all(rule("opt"), rule("root"), text("a")), text("b")),
                "opt", any(text("-"), Expression.EMPTY)));
        for (String good : List.of("b", "ba", "-ba", "--baa", "-baa")) {
            assertTrue(accepts(hidden, good), good);
        }
        for (String bad : List.of("-b", "a", "--ba", "")) {
            assertFalse(accepts(hidden, bad), bad);
        }
        PushdownAutomaton indirect = compile(Map.of(
                "root", any(all(rule("x"), text("a")), text("c")), "x", any(all(rule("root"), text("b")), text("d"))));
        for (String good : List.of("c", "da", "cba", "daba")) {
            assertTrue(accepts(indirect, good), good);
        }
        for (String bad : List.of("d", "cb", "ca", "")) {
            assertFalse(accepts(indirect, bad), bad);
        }
    }

    @Test
    void emptyLeftRecursiveRootAcceptsTheEmptyText() {
        PushdownAutomaton list = compile(Map.of("root", any(all(rule("root"), text("a")), Expression.EMPTY)));
        assertTrue(accepts(list, ""));
        assertTrue(accepts(list, "aaa"));
        assertFalse(accepts(list, "ab"));
    }

    @Test
    void ambiguousSumsAreReadInEveryWay() {
        PushdownAutomaton square = compile(Map.of("root", any(all(rule("root"), rule("root")), text("a"))));
        assertTrue(accepts(square, "a".repeat(60)));
        PushdownAutomaton sum = compile(Map.of(
                "root",
                any(
                        all(rule("root"), text("+"), rule("root")),
                        all(text("("), rule("root"), text(")")),
                        new Expression.CharacterClass(CodePoints.range('0', '9')))));
        assertTrue(accepts(sum, "1+(2+3)+4+5"));
        assertFalse(accepts(sum, "1+(2+3"));
        assertTrue(after(sum, "1+)").isEmpty());
    }

    @Test
    void largeBoundsAreCounters() {
        Expression letter = new Expression.CharacterClass(CodePoints.range('a', 'z'));
        PushdownAutomaton word =
                compile(Map.of("root", all(new Expression.Repeat(all(letter, letter), 1000, 1_000_000), text("."))));
        StackSet set = after(word, "ab".repeat(999));
        assertTrue(stepper.step(set, '.').isEmpty());
        assertEquals(3, stepper.distance(set));
        set = after(word, "ab".repeat(1000));
        assertEquals(1, stepper.distance(set));
        assertFalse(stepper.step(set, '.').isEmpty());
    }

    @Test
    void countersFarFromTheirBoundsHaveOneRepresentative() {
        Expression letter = new Expression.CharacterClass(CodePoints.range('a', 'z'));
        PushdownAutomaton word = compile(Map.of(
                "root",
                all(new Expression.Repeat(any(letter, rule("pair")), 0, 1_000_000), text(".")),
                "pair",
                all(text("<"), any(rule("pair"), letter), text(">"))));
        State early = counter(after(word, "ab"));
        State later = counter(after(word, "abcdefgh"));
        assertFalse(early.equals(later));
        assertEquals(early.within(Horizon.of(128)), later.within(Horizon.of(128)));
        assertEquals(sharedKey(early.within(Horizon.of(128))), sharedKey(later.within(Horizon.of(128))));
    }

    @Test
    void countedCharactersAreOneState() {
        Expression letter = new Expression.CharacterClass(CodePoints.ALL.minus(CodePoints.of('.')));
        PushdownAutomaton word = compile(Map.of("root", all(new Expression.Repeat(letter, 500, 100_000), text("."))));
        StackSet set = after(word, "äb€".repeat(200));
        assertEquals(1, set.size());
        assertTrue(set.top(0) instanceof CountingState);
        assertEquals(1, stepper.distance(set));
        assertEquals(500 - 3 * 10 + 1, stepper.distance(after(word, "äb€".repeat(10))));
        assertTrue(accepts(word, "äb€".repeat(200) + "."));
        assertFalse(accepts(word, "äb€".repeat(166) + "."));
        assertEquals(
                set.top(0).within(Horizon.of(128)),
                after(word, "x".repeat(2000)).top(0).within(Horizon.of(128)));
        assertFalse(accepts(word, "x".repeat(100_001) + "."));
    }

    private static State counter(StackSet set) {
        return set.below(0).top(0);
    }

    @Test
    void nothingProducedIsAnError() {
        assertThrows(UnsatisfiableException.class, () -> compile(Map.of("root", all(text("a"), rule("root")))));
        assertThrows(UnsatisfiableException.class, () -> compile(Map.of("root", rule("root"))));
        PushdownAutomaton half =
                compile(Map.of("root", any(text("a"), all(text("b"), rule("x"))), "x", all(text("c"), rule("x"))));
        assertTrue(after(half, "b").isEmpty());
        assertTrue(accepts(half, "a"));
    }

    @Test
    void productsOfRegularExpressionsAreExact() {
        Expression letters = new Expression.Repeat(new Expression.CharacterClass(CodePoints.range('a', 'c')), 0, -1);
        Expression endsWithC = all(letters, text("c"));
        PushdownAutomaton both = compile(
                Map.of("root", new Expression.Intersection(endsWithC, new Expression.Difference(letters, text("ac")))));
        assertTrue(accepts(both, "bac"));
        assertFalse(accepts(both, "ac"));
        assertFalse(accepts(both, "ab"));
        assertFalse(accepts(both, ""));
    }

    @Test
    void productsUnrollWhatTheyCannotCount() {
        Expression any = new Expression.CharacterClass(CodePoints.ALL.minus(CodePoints.of('\n')));
        Expression line = new Expression.Repeat(any, 0, 500);
        Expression startsWithX = all(text("x"), new Expression.Repeat(any, 0, -1));
        PushdownAutomaton lines =
                compile(Map.of("root", new Expression.Difference(rule("line"), startsWithX), "line", line));
        assertTrue(accepts(lines, "y".repeat(500)));
        assertFalse(accepts(lines, "y".repeat(501)));
        assertFalse(accepts(lines, "xy"));
    }

    @Test
    void permutationsKeepTheirRegisters() {
        Expression.Permutation.Item a = new Expression.Permutation.Item(text("a"), 1, 1);
        Expression.Permutation.Item b = new Expression.Permutation.Item(text("b"), 0, 2);
        Expression.Permutation.Item c = new Expression.Permutation.Item(text("cc"), 0, 1);
        PushdownAutomaton any = compile(Map.of("root", new Expression.Permutation(List.of(a, b, c), text(","), 1, 3)));
        for (String good : List.of("a", "a,b", "b,a", "cc,a,b", "b,b,a")) {
            assertTrue(accepts(any, good), good);
        }
        for (String bad : List.of("", "b", "a,a", "b,b,b", "a,", "b,b,cc")) {
            assertFalse(accepts(any, bad), bad);
        }
        assertTrue(after(any, "b,b,c").isEmpty(), "a has no room left");
        assertEquals(2, stepper.distance(after(any, "b,b")));
    }

    @Test
    void aRuleInACountedPartOfItselfHasAKey() {
        Object once = sharedKey(nestedIn(500).start());
        assertEquals(once, sharedKey(nestedIn(500).start()));
        assertNotEquals(once, sharedKey(nestedIn(501).start()));
        assertNotEquals(
                once,
                sharedKey(compile(Map.of(
                                "root", all(text("x"), new Expression.Repeat(all(text("["), text("]")), 0, 500))))
                        .start()));
    }

    /** A key that other grammars may have, too: there must be one. */
    private static Object sharedKey(State state) {
        return Objects.requireNonNull(state.sharedKey(Horizon.of(128)));
    }

    private static PushdownAutomaton nestedIn(int times) {
        return compile(Map.of(
                "root", all(text("x"), new Expression.Repeat(all(text("["), rule("root"), text("]")), 0, times))));
    }

    @Test
    void equalBehaviourHasOneKeyAcrossGrammars() {
        Expression digits = new Expression.Repeat(new Expression.CharacterClass(CodePoints.range('0', '9')), 1, -1);
        Expression digitsTwice = any(
                new Expression.CharacterClass(CodePoints.range('0', '9')),
                all(new Expression.CharacterClass(CodePoints.range('0', '4')), digits),
                all(new Expression.CharacterClass(CodePoints.range('5', '9')), digits));
        assertEquals(
                sharedKey(compile(Map.of("root", digits)).start()),
                sharedKey(compile(Map.of("root", digitsTwice)).start()));
    }
}
