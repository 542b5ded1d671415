// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.FreeText;
import dev.espalier.grammar.Expression.FreeText.Stop;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Grammar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Free text beside a search that looks at every beginning of a text, and beside differences of regular expressions. */
class FreeTextTest {

    private static final String[] LETTERS = {"a", "b", "é", "è", "€", "😀"};

    private static PushdownAutomaton compile(Expression expression) {
        return AutomatonCompiler.compile(Grammar.of(expression), Map.of(), WorkBudget.standard());
    }

    private static boolean accepts(PushdownAutomaton automaton, byte[] text) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(automaton.start());
        for (byte value : text) {
            set = stepper.step(set, value & 0xff);
            if (set.isEmpty()) {
                return false;
            }
        }
        return stepper.results(set).length > 0;
    }

    /** The slow way: the first place at which a mark or an excluded text ends decides. */
    private static boolean slowlyAccepts(FreeText free, String text) {
        for (int end = 0; end <= text.length(); end++) {
            String begun = text.substring(0, end);
            if (free.excluded().stream().anyMatch(begun::endsWith)) {
                return false;
            }
            List<Stop> stops = free.stops().stream()
                    .filter(stop -> begun.endsWith(stop.mark()))
                    .toList();
            if (!stops.isEmpty()) {
                String rest = text.substring(end);
                return stops.stream().anyMatch(stop -> stop.then().equals(Literal.of(rest)));
            }
        }
        return free.mayEnd();
    }

    private static String text(Random random, int most) {
        return String.join(
                "",
                IntStream.range(0, random.nextInt(most + 1))
                        .mapToObj(i -> LETTERS[Math.min(random.nextInt(9), LETTERS.length - 1)])
                        .toList());
    }

    private static FreeText free(Random random) {
        List<Stop> stops = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            stops.add(new Stop("a".repeat(random.nextInt(2)) + text(random, 2) + "b", Literal.of(text(random, 2))));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            excluded.add(text(random, 2) + LETTERS[random.nextInt(LETTERS.length)]);
        }
        return new FreeText(stops, excluded, stops.isEmpty() || random.nextBoolean());
    }

    @RandomTrials(300)
    void textsAreThoseOfASearch(long seed) {
        Random random = new Random(seed);
        FreeText free = free(random);
        PushdownAutomaton fast;
        try {
            fast = compile(free);
        } catch (UnsatisfiableException never) {
            IntStream.range(0, 200).forEach(i -> assertFalse(slowlyAccepts(free, text(random, 6)), free::toString));
            return;
        }
        PushdownAutomaton differences = compile(free.byDifferences());
        for (int i = 0; i < 200; i++) {
            String text = text(random, 6);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            boolean expected = slowlyAccepts(free, text);
            assertEquals(expected, accepts(fast, bytes), () -> text + " of " + free);
            assertEquals(expected, accepts(differences, bytes), () -> text + " of " + free);
        }
    }

    @RandomTrials(100)
    void bytesAreThoseOfCharacters(long seed) {
        Random random = new Random(seed);
        FreeText free = new FreeText(List.of(), List.of("é", "a€"), true);
        PushdownAutomaton automaton = compile(free);
        byte[] bytes = new byte[1 + random.nextInt(5)];
        int[] likely = {0x61, 0x80, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xc3, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff};
        for (int trial = 0; trial < 500; trial++) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) likely[random.nextInt(likely.length)];
            }
            String read = new String(bytes, StandardCharsets.UTF_8);
            boolean isText = Arrays.equals(read.getBytes(StandardCharsets.UTF_8), bytes);
            assertEquals(isText && slowlyAccepts(free, read), accepts(automaton, bytes), read);
        }
    }

    @Test
    void manyMarksTakeLinearlyManyStates() {
        List<Stop> stops = IntStream.range(0, 1000)
                .mapToObj(i -> new Stop("<function=name" + i + ">", Expression.EMPTY))
                .toList();
        PushdownAutomaton automaton = compile(new FreeText(stops, List.of(), false));
        assertTrue(accepts(automaton, "so <function=nam<function=name77>".getBytes(StandardCharsets.UTF_8)));
        assertFalse(accepts(automaton, "so <function=name77>>".getBytes(StandardCharsets.UTF_8)));
    }
}
