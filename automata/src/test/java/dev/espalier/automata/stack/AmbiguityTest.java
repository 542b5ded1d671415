// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Grammars in which a text has many derivations. */
class AmbiguityTest {

    private static final long SEED = Long.getLong("espalier.oracle.seed", 20261120);

    private static final String TERMS =
            "root ::= e\ne ::= e \"+\" e | e \"*\" e | e e | \"(\" e \")\" | [0-9]+ | [a-z]+";

    /** As many derivations as there are binary trees, but a text goes on in the same few ways after each. */
    @ParameterizedTest
    @CsvSource({"a+b*c, 10", "ab(c2+d)3, 10", "((a)), 10", "xyz, 10"})
    void ambiguousOperatorsKeepTheStackFlat(String again, int most) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(compiled(TERMS).start());
        for (int i = 0; i < 1000 * again.length(); i++) {
            set = stepper.step(set, again.charAt(i % again.length()));
            assertTrue(nodes(set) <= most, () -> "after many of " + again);
        }
        assertEquals(1, stepper.results(set).length);
        assertTrue(stepper.step(set, ')').isEmpty());
    }

    @Test
    void parenthesesStandOnTheStackOnceEach() {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(compiled(TERMS).start());
        for (int i = 0; i < 200; i++) {
            for (char symbol : "a+b(".toCharArray()) {
                set = stepper.step(set, symbol);
            }
        }
        assertTrue(nodes(set) <= 2 * 200 + 10, nodes(set) + " sets");
        assertEquals(201, stepper.distance(set));
        set = stepper.step(set, 'c');
        for (int i = 0; i < 200; i++) {
            assertEquals(0, stepper.results(set).length);
            set = stepper.step(set, ')');
        }
        assertEquals(1, stepper.results(set).length);
        assertTrue(stepper.step(set, ')').isEmpty());
    }

    /** Not every return state may be left out above itself. */
    @Test
    void whatCountsIsNotLeftOut() {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(compiled("root ::= s\ns ::= \"a\" s (\"b\" | \"\") \"c\"? | \"x\"")
                .start());
        for (char symbol : "aaax".toCharArray()) {
            set = stepper.step(set, symbol);
        }
        for (int i = 0; i < 3; i++) {
            set = stepper.step(set, 'b');
            assertFalse(set.isEmpty(), "b number " + i);
        }
        assertTrue(stepper.step(set, 'b').isEmpty());
    }

    /** What may follow below a set of stacks is asked of the set; the oracle resumes what lies below, and steps. */
    @Test
    void onlyBytesThatAreDeadBelowAreLeftOut() {
        Random random = new Random(SEED);
        int left = 0;
        for (int i = 0; i < 200; i++) {
            String text = "root ::= e \";\"? e?\n" + rule("e", random) + rule("f", random);
            Stepper stepper = new Stepper(Limits.DEFAULT);
            StackSet set = StackSet.of(compiled(text).start());
            for (int length = 0; length < 12 && !set.isEmpty(); length++) {
                for (StackSet below : set.belows()) {
                    StackSet resumed = below.tops().length == 0 ? StackSet.NONE : stepper.resume(below, 0);
                    for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
                        boolean alive = resumed.tops().length > 0
                                && !stepper.step(resumed, symbol).isEmpty();
                        assertTrue(!alive || FollowBytes.contain(below, symbol), symbol + " in " + text);
                        left += FollowBytes.contain(below, symbol) ? 0 : 1;
                    }
                }
                set = stepper.step(set, "ab+(!;)".charAt(random.nextInt(7)));
            }
        }
        assertTrue(left > 10_000, left + " left out; seed " + SEED);
    }

    /** Random rules full of ambiguity against Earley's algorithm; the distance to the end goes down by one a step. */
    @Test
    void randomAmbiguousGrammarsAreReadAsByEarley() {
        Random random = new Random(SEED);
        int flat = 0;
        for (int i = 0; i < 400; i++) {
            String text = "root ::= e \";\"? e?\n" + rule("e", random) + rule("f", random);
            Grammar grammar = new GbnfReader().read(text);
            Stepper stepper = new Stepper(Limits.DEFAULT);
            StackSet set = StackSet.of(compiled(text).start());
            Column column = new SlowRecognizer(grammar).start();
            for (int length = 0; length < 16; length++) {
                String where = "seed " + SEED + " after " + length + " of " + text;
                assertEquals(column.isAccepting(), stepper.results(set).length > 0, where);
                List<Integer> live = new ArrayList<>();
                int nearest = Integer.MAX_VALUE;
                for (char symbol : "ab+(!;)".toCharArray()) {
                    StackSet next = stepper.step(set, symbol);
                    assertEquals(column.advance(symbol).isLive(), !next.isEmpty(), symbol + ", " + where);
                    if (!next.isEmpty()) {
                        live.add((int) symbol);
                        nearest = Math.min(nearest, stepper.distance(next));
                    }
                }
                int distance = stepper.distance(set);
                assertEquals(stepper.results(set).length > 0 ? 0 : nearest + 1, distance, where);
                if (live.isEmpty()) {
                    break;
                }
                int symbol = live.get(random.nextInt(live.size()));
                set = stepper.step(set, symbol);
                column = column.advance(symbol);
            }
            flat += nodes(set) <= 6 ? 1 : 0;
        }
        assertTrue(flat > 100, flat + " of 400 with few sets; seed " + SEED);
    }

    private static String rule(String name, Random random) {
        String[] parts = {
            "e e",
            "e \"+\" e",
            "f \"+\" e",
            "e \"!\"",
            "\"(\" e \")\"",
            "[ab]+",
            "f f",
            "e f?",
            "f",
            "f e",
            "\"b\"? e",
            "(e | \"+\")* \"a\""
        };
        StringBuilder text = new StringBuilder(name + " ::= \"a\"");
        int more = 1 + random.nextInt(4);
        for (int i = 0; i < more; i++) {
            text.append(" | ").append(parts[random.nextInt(parts.length)]);
        }
        return text.append('\n').toString();
    }

    private static PushdownAutomaton compiled(String text) {
        return AutomatonCompiler.compile(new GbnfReader().read(text), Map.of(), WorkBudget.standard());
    }

    /** The sets that a set is made of. */
    private static int nodes(StackSet set) {
        Set<StackSet> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<StackSet> pending = new ArrayList<>(List.of(set));
        while (!pending.isEmpty()) {
            StackSet next = pending.remove(pending.size() - 1);
            if (seen.add(next)) {
                pending.addAll(List.of(next.belows()));
            }
        }
        return seen.size();
    }
}
