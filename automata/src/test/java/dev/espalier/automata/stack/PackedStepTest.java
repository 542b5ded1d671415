// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.KeysState;
import dev.espalier.automata.TwoLaneValue;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that pack sets of stacks: for the language, against steps that merge them and against Earley's algorithm; and what they cost. */
class PackedStepTest {

    private static final long SEED = Long.getLong("espalier.packed.seed", 41);

    private static final String DEEP = "root ::= s\ns ::= \"a\" s \"b\"? | \"a\"\n";
    private static final String THREES = "root ::= s\ns ::= s s s | s s | \"a\"\n";
    private static final String SUMS = "root ::= e\ne ::= e \"+\" e | e \"a\" e | \"a\" | \"b\" e \"b\"\n";
    private static final String PALINDROMES =
            "root ::= p\np ::= \"a\" p \"a\" | \"b\" p \"b\" | \"a\" | \"b\" | \"aa\" | \"bb\"\n";
    private static final String TWO_COUNTS =
            "root ::= x \"c\"* | \"a\"* y\nx ::= \"a\" x \"b\" | \"ab\"\ny ::= \"b\" y \"c\" | \"bc\"\n";
    private static final String NESTED =
            "root ::= r0 | [a-z] r1\nr0 ::= r1 . (r1){3,} r0 r0 | [\\]] r1\nr1 ::= (r0 \"b\"){0,3} [a-z] | [a-] r0\n";
    private static final String MIDDLE = "root ::= s\ns ::= \"a\" s s | \"a\" s \"b\"? | \"a\"\n";
    private static final String HIDDEN =
            "root ::= s\ns ::= x? s \"a\"? s | \"a\" | \"b\"\nx ::= s \"b\"? | x x | \"a\"?\n";
    private static final String COUNTED = "root ::= t{0,40} \"b\"\nt ::= \"a\" t? \"b\"? | \"aa\" | (t){2,9} \"a\"\n";
    /** Each sequence of x and y leads to another set of places in the rule. */
    private static final String MANY_ROWS =
            "root ::= (x | y)* x (x | y){0,14} \"b\"\nx ::= \"a\" x? \"b\"?\ny ::= \"a\" y? \"b\"?\n";

    private static final List<String> GRAMMARS =
            List.of(DEEP, THREES, SUMS, PALINDROMES, TWO_COUNTS, NESTED, MIDDLE, HIDDEN, COUNTED, MANY_ROWS);

    private static Stepper packing() {
        return new Stepper(Limits.DEFAULT, new StackInterner(10), () -> {}, 0);
    }

    private static State start(Grammar grammar) {
        return AutomatonCompiler.compile(grammar, Map.of(), WorkBudget.standard())
                .start();
    }

    private static StackSet start(String grammar) {
        return StackSet.of(start(new GbnfReader().read(grammar)));
    }

    private static StackSet read(Stepper stepper, StackSet from, String text) {
        StackSet set = from;
        for (int i = 0; i < text.length(); i++) {
            set = stepper.step(set, text.charAt(i));
            assertFalse(set.isEmpty(), "dead after " + i + " of " + text);
        }
        return set;
    }

    @Test
    void deepStacksThatAreUnitedAtOneSymbolAreRead() {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = read(stepper, start(DEEP), "a".repeat(2_000) + "b".repeat(20));
        assertEquals(0, stepper.distance(set));
        assertArrayEquals(new int[] {0}, stepper.results(set));
        assertFalse(stepper.step(set, 'b').isEmpty());
        assertTrue(stepper.step(set, 'a').isEmpty());
        set = read(stepper, start(DEEP), "a".repeat(300) + "b".repeat(299));
        assertTrue(stepper.step(set, 'b').isEmpty());
        assertTrue(stepper.step(set, 'a').isEmpty());
    }

    @Test
    void noGrammarOfTheseEndsInALimit() {
        Random random = new Random(SEED);
        for (String grammar : GRAMMARS) {
            Stepper stepper = new Stepper(Limits.DEFAULT.withMaxCompileBytes(1));
            StackSet set = start(grammar);
            for (int i = 0; i < 150; i++) {
                StackSet from = set;
                List<StackSet> next = "ab+c-]"
                        .chars()
                        .mapToObj(symbol -> stepper.step(from, symbol))
                        .filter(after -> !after.isEmpty())
                        .toList();
                if (next.isEmpty()) {
                    break;
                }
                set = next.get(random.nextInt(next.size()));
                assertTrue(stepper.distance(set) < Integer.MAX_VALUE, grammar);
                stepper.results(set);
            }
        }
    }

    /** Twice the text takes at most eight times the work, and a little: the work is no more than cubic. */
    @ParameterizedTest
    @ValueSource(strings = {DEEP, THREES, SUMS, PALINDROMES, NESTED, MIDDLE, HIDDEN, COUNTED, MANY_ROWS})
    void workGrowsAsAPowerOfTheText(String grammar) {
        long once = work(grammar, 60);
        long twice = work(grammar, 120);
        System.out.printf("work at 60: %d, at 120: %d: %s%n", once, twice, grammar.replace('\n', ' '));
        assertTrue(twice <= 10 * once, twice + " after " + once);
    }

    private static long work(String grammar, int length) {
        Stepper stepper = packing();
        StackSet set = start(grammar);
        for (int i = 0; i < length; i++) {
            StackSet next = stepper.step(set, 'a');
            set = next.isEmpty() ? stepper.step(set, 'b') : next;
            stepper.results(set);
            stepper.distance(set);
        }
        return stepper.worked();
    }

    @Test
    void packedSetsAreReadAsMergedOnesAreAndAsByEarley() {
        Random random = new Random(SEED);
        for (String source : GRAMMARS) {
            for (int walk = 0; walk < 3; walk++) {
                compare(new GbnfReader().read(source), random, "ab+c-]", 14);
            }
        }
    }

    @Test
    void randomGrammarsAreReadPackedAsTheyAreReadMerged() {
        Random random = new Random(SEED);
        RandomGrammars grammars = new RandomGrammars(SEED, RandomGrammars.Shape.GBNF);
        int refused = 0;
        for (int i = 0; i < 120; i++) {
            try {
                compare(grammars.nextProductive(), random, "abc\"\nz0", 12);
            } catch (UnsupportedFeatureException exception) {
                refused++;
            }
        }
        assertTrue(refused < 24, refused + " refused");
    }

    private static void compare(Grammar grammar, Random random, String alphabet, int length) {
        Stepper merging = new Stepper(Limits.DEFAULT);
        Stepper packing = packing();
        StackSet merged = StackSet.of(start(grammar));
        StackSet packed = merged;
        Column column = new SlowRecognizer(grammar).start();
        StringBuilder read = new StringBuilder();
        for (int i = 0; i < length; i++) {
            String where = "seed " + SEED + " after " + read + " of " + grammar;
            assertEquals(column.isAccepting(), packing.results(packed).length > 0, where);
            assertArrayEquals(merging.results(merged), packing.results(packed), where);
            assertEquals(merging.distance(merged), packing.distance(packed), where);
            StringBuilder live = new StringBuilder();
            for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
                boolean alive = !packing.step(packed, symbol).isEmpty();
                if (alphabet.indexOf(symbol) >= 0) {
                    assertEquals(column.advance(symbol).isLive(), alive, symbol + ", " + where);
                }
                assertEquals(!merging.step(merged, symbol).isEmpty(), alive, symbol + ", " + where);
                assertTrue(!alive || packing.readable(packed).contains(symbol), where);
                if (alive) {
                    live.append((char) symbol);
                }
            }
            if (live.isEmpty()) {
                break;
            }
            int symbol = live.charAt(random.nextInt(live.length()));
            for (int tries = 0; tries < 5 && alphabet.indexOf(symbol) < 0; tries++) {
                symbol = live.charAt(random.nextInt(live.length()));
            }
            merged = merging.step(merged, symbol);
            packed = packing.step(packed, symbol);
            column = column.advance(symbol);
            read.append((char) symbol);
        }
    }

    /** Sets are values: what is read after one does not change what is read after it a second time. */
    @Test
    void whatGoesOnElsewhereChangesNoOlderSet() {
        Random random = new Random(SEED);
        for (String source : GRAMMARS) {
            Stepper stepper = packing();
            List<StackSet> sets = new ArrayList<>(List.of(start(source)));
            List<String> seen = new ArrayList<>(List.of(outlook(stepper, sets.get(0), 2)));
            for (int i = 0; i < 40; i++) {
                StackSet from = sets.get(random.nextInt(sets.size()));
                StackSet next = stepper.step(from, "aaab+c".charAt(random.nextInt(6)));
                if (!next.isEmpty()) {
                    sets.add(next);
                    seen.add(outlook(stepper, next, 2));
                }
            }
            for (int i = 0; i < sets.size(); i++) {
                assertEquals(seen.get(i), outlook(packing(), sets.get(i), 2), source);
            }
        }
    }

    private static String outlook(Stepper stepper, StackSet set, int depth) {
        StringBuilder text = new StringBuilder(stepper.results(set).length > 0 ? "." : "");
        for (char symbol : "ab+c-]".toCharArray()) {
            StackSet next = stepper.step(set, symbol);
            if (depth > 0 && !next.isEmpty()) {
                text.append(symbol)
                        .append('(')
                        .append(outlook(stepper, next, depth - 1))
                        .append(')');
            }
        }
        return text.append(stepper.distance(set)).toString();
    }

    @Test
    void theHookIsCalledWithinAStep() {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = read(stepper, start(DEEP), "a".repeat(2_000));
        Stepper hooked = new Stepper(Limits.DEFAULT, new StackInterner(10), () -> {
            throw new CancelledException("the step was cancelled");
        });
        assertThrows(CancelledException.class, () -> hooked.step(set, 'b'));
    }

    @Test
    void whatIsAboutToReadIsTheSamePackedAndMerged() {
        Random random = new Random(SEED);
        for (String source : GRAMMARS) {
            Stepper merging = new Stepper(Limits.DEFAULT);
            StackSet set = start(source);
            for (int i = 0; i < 8; i++) {
                StackSet merged = merging.open(set);
                StackSet packed = packing().open(set);
                assertEquals(outlook(merging, merged, 2), outlook(packing(), packed, 2), source);
                StackSet from = set;
                List<StackSet> next = "aab+c"
                        .chars()
                        .mapToObj(symbol -> merging.step(from, symbol))
                        .filter(after -> !after.isEmpty())
                        .toList();
                if (next.isEmpty()) {
                    break;
                }
                set = next.get(random.nextInt(next.size()));
            }
        }
    }

    /** Frames that are not of rules, with several results. */
    @Test
    void otherFramesAreReadPackedAsTheyAreReadMerged() {
        Random random = new Random(SEED);
        State word =
                start(new GbnfReader().read("root ::= \"[\" root* \"]\" | [0-9] root? | \"a\" root \"b\"? | \"a\""));
        List<State> starts =
                List.of(TwoLaneValue.start(0, 1, 2, 3), TwoLaneValue.start(1, 2), KeysState.start(0b0101, word));
        for (State start : starts) {
            for (int walk = 0; walk < 8; walk++) {
                Stepper merging = new Stepper(Limits.DEFAULT);
                Stepper packing = packing();
                StackSet merged = StackSet.of(start);
                StackSet packed = merged;
                for (int i = 0; i < 16; i++) {
                    String where = "seed " + SEED + ", " + start + " after " + i;
                    assertArrayEquals(merging.results(merged), packing.results(packed), where);
                    StringBuilder live = new StringBuilder();
                    for (int symbol = 0; symbol < 128; symbol++) {
                        boolean alive = !packing.step(packed, symbol).isEmpty();
                        assertEquals(!merging.step(merged, symbol).isEmpty(), alive, symbol + ", " + where);
                        live.append(alive ? "" + (char) symbol : "");
                    }
                    if (live.isEmpty()) {
                        break;
                    }
                    int symbol = live.charAt(random.nextInt(live.length()));
                    merged = merging.step(merged, symbol);
                    packed = packing.step(packed, symbol);
                    for (int result = 0; result < 4; result++) {
                        assertEquals(merging.distance(merged, result), packing.distance(packed, result), where);
                    }
                }
            }
        }
    }

    /** Twice as many states after each symbol. */
    private record Doubling(long number) implements State {
        @Override
        public void moves(int symbol, Moves moves) {
            moves.stay(new Doubling(2 * number));
            moves.stay(new Doubling(2 * number + 1));
        }

        @Override
        public int[] results() {
            return RESULT_ZERO;
        }

        @Override
        public void resume(int result, Moves moves) {}

        @Override
        public int distance(int result) {
            return 0;
        }
    }

    @Test
    void statesThatAreNotOfGrammarsAreCounted() {
        Stepper stepper = new Stepper(Limits.DEFAULT.withMaxCompileBytes(1_000 * PackedStep.STATE_BYTES));
        StackSet set = StackSet.of(new Doubling(1));
        for (int i = 0; i < 8; i++) {
            set = stepper.step(set, 'a');
        }
        StackSet many = stepper.step(set, 'a');
        assertEquals(512, many.size());
        LimitExceededException failure = assertThrows(LimitExceededException.class, () -> stepper.step(many, 'a'));
        assertEquals("maxCompileBytes", failure.limit());
    }
}
