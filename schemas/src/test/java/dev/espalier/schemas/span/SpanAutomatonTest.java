// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.span;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.characters.CharacterAutomaton;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The automaton of spans reads what a look at each span finds, and every state of it leads to an end. */
@org.jspecify.annotations.NullUnmarked
class SpanAutomatonTest {

    private static final List<String> ALPHABETS = List.of(
            "ab",
            "abc",
            "aA b",
            "a \n\u00a0B",
            "éÉe,",
            "kK\u212a ",
            "ıiIİ",
            "ßẞs",
            "😀a ",
            "a_1-",
            "ςσΣ ",
            "𐐀𐐨a",
            "a\u0301. ",
            "\u0000\"\\",
            "\u1e9e\u00df");

    private static List<String> texts(List<String> letters, int length) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            for (String letter : text.codePointCount(0, text.length()) < length ? letters : List.<String>of()) {
                texts.add(text + letter);
            }
        }
        return texts;
    }

    private static String source(List<String> letters, int length, Random random) {
        StringBuilder source = new StringBuilder();
        for (int i = 0; i < length; i++) {
            source.append(letters.get(random.nextInt(letters.size())));
        }
        return source.toString();
    }

    private static List<String> letters(String alphabet) {
        return alphabet.codePoints().mapToObj(Character::toString).toList();
    }

    @RandomTrials(60)
    void itReadsTheSpansOfRandomSources(Random random, long seed) {
        List<String> letters = letters(ALPHABETS.get(random.nextInt(ALPHABETS.size())));
        String source = source(letters, 1 + random.nextInt(14), random);
        for (int way = 0; way < 4; way++) {
            SpanRule rule = new SpanRule("", way % 2 == 1, way > 1);
            CharacterAutomaton automaton = SpanAutomaton.of(source, rule, WorkBudget.standard());
            for (String text : texts(letters, 4)) {
                assertEquals(
                        SlowSpans.holds(source, text, rule.folded(), rule.words()),
                        automaton.run(text) >= 0,
                        "\"" + text + "\" of \"" + source + "\" by " + rule + ", seed " + seed);
            }
            checkStates(automaton);
        }
    }

    /** Every state is reached, leads to an end, and reads ranges in order that do not overlap. */
    private static void checkStates(CharacterAutomaton automaton) {
        BitSet reached = new BitSet();
        reached.set(0);
        BitSet live = new BitSet();
        for (int state = 0; state < automaton.states(); state++) {
            for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                reached.set(automaton.target(r));
                assertTrue(automaton.first(r) <= automaton.last(r));
                assertTrue(r == automaton.rangeStart(state) || automaton.last(r - 1) < automaton.first(r));
            }
            live.set(state, automaton.outcome(state) >= 0);
        }
        assertEquals(automaton.states(), reached.cardinality());
        for (int before = -1; before < live.cardinality(); ) {
            before = live.cardinality();
            for (int state = 0; state < automaton.states(); state++) {
                for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                    live.set(state, live.get(state) || live.get(automaton.target(r)));
                }
            }
        }
        assertEquals(automaton.states(), live.cardinality());
    }

    @RandomTrials(40)
    void placesAreThoseThatALookAtEachSpanFinds(Random random, long seed) {
        List<String> letters = letters(ALPHABETS.get(random.nextInt(ALPHABETS.size())));
        String source = source(letters, 1 + random.nextInt(14), random);
        for (int way = 0; way < 4; way++) {
            SpanRule rule = new SpanRule("", way % 2 == 1, way > 1);
            SpanPlaces places = new SpanPlaces(source, rule);
            for (String text : texts(letters, 3)) {
                assertEquals(
                        shown(SlowSpans.places(source, text, rule.folded(), rule.words())),
                        shown(places.of(text)),
                        "\"" + text + "\" of \"" + source + "\" by " + rule + ", seed " + seed);
            }
        }
    }

    private static List<String> shown(List<int[]> places) {
        return places.stream().map(place -> place[0] + "-" + place[1]).toList();
    }

    @RandomTrials(10)
    void thereAreFewStates(Random random) {
        String source = source(letters("abcdefgh ,"), 3000, random);
        CharacterAutomaton automaton = SpanAutomaton.of(source, new SpanRule("", false, false), WorkBudget.standard());
        assertTrue(automaton.states() < 2 * source.length() && automaton.ranges() < 3 * source.length());
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(source.length());
            assertTrue(automaton.run(source.substring(from, from + random.nextInt(source.length() - from) + 1)) >= 0);
        }
        assertTrue(automaton.run(source + "a") < 0);
    }

    @Test
    void aSourceThatNeedsMoreStatesThanAllowedIsRefused() {
        WorkBudget budget = new WorkBudget(Limits.DEFAULT.withMaxAutomatonStates(100), new Cancellation());
        LimitExceededException e = assertThrows(
                LimitExceededException.class,
                () -> SpanAutomaton.of("a".repeat(200), new SpanRule("", false, false), budget));
        assertEquals("maxAutomatonStates", e.limit());
    }
}
