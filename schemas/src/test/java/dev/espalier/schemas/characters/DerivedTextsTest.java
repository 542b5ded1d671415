// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.RegexReader;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts that are derived while they are read, beside the automaton. */
class DerivedTextsTest {

    private static final List<String> PATTERNS = List.of(
            "^(.{1,4}-){1,3}$",
            "(?=.{2,6}$)a[^-]+-.+",
            "^(?=.{2,9}$)(?!.*--)([ab-]{1,3}-){1,3}b$",
            "^(?:[ab]{1,3}b){1,3}c$",
            "^(?!a{2,4}$)(?=(?:.*b){2})[abc\"]{0,6}$",
            "(?=[^-]{1,3}(?:-|$))[ab]+-é",
            "^(?=.{5}$)(?=a*$)a{0,4}$",
            "^\"\\u0001{2,3}(a|\\uD83D\\uDE00){2}$");

    @Test
    void textsAreReadAsByTheAutomaton() {
        Random random = new Random(5);
        for (String pattern : PATTERNS) {
            Expression expression = new RegexReader().read(pattern, RegexReader.Mode.SEARCH);
            Derivatives derivatives = new Derivatives(WorkBudget.standard());
            CharacterAutomaton automaton =
                    CharacterAutomatonBuilder.of(derivatives, derivatives.of(expression), WorkBudget.standard());
            DerivedTexts texts = new DerivedTexts(expression, Limits.DEFAULT);
            int[] characters = distances(automaton, false);
            int[] bytes = distances(automaton, true);
            for (int round = 0; round < 60; round++) {
                DerivedTexts.Place place = texts.start();
                int state = automaton.start();
                StringBuilder text = new StringBuilder();
                while (place != null && text.length() < 14) {
                    String about = pattern + " after " + text;
                    assertTrue(state >= 0, about);
                    assertEquals(automaton.outcome(state) >= 0, texts.isWhole(place), about);
                    assertEquals(characters[state], texts.characters(place), about);
                    assertEquals(bytes[state], texts.bytes(place), about);
                    String ending = Objects.requireNonNull(texts.ending(place));
                    assertTrue(automaton.run(text + ending) >= 0, about + " and " + ending);
                    assertEquals(bytes[state], JsonCharacters.bytes(ending), about + " and " + ending);
                    int c = "ab-c\"é\n\u0001".codePointAt(random.nextInt(8));
                    int like = texts.like(place, c);
                    assertEquals(automaton.next(state, c), automaton.next(state, like), about);
                    int until = Math.min(texts.sameUntil(place, c), 0xD7FF);
                    assertEquals(automaton.next(state, c), automaton.next(state, until), about);
                    place = texts.next(place, c);
                    state = automaton.next(state, c);
                    text.appendCodePoint(c);
                }
                assertEquals(place == null, state < 0, pattern + " after " + text);
            }
        }
    }

    private static int[] distances(CharacterAutomaton automaton, boolean inBytes) {
        int[] left = new int[automaton.states()];
        Arrays.setAll(left, state -> automaton.outcome(state) >= 0 ? 0 : DerivedTexts.NEVER);
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int state = 0; state < left.length; state++) {
                for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
                    int step = inBytes ? JsonCharacters.bytes(automaton.first(r), automaton.last(r)) : 1;
                    int behind = left[automaton.target(r)];
                    if (behind != DerivedTexts.NEVER && behind + step < left[state]) {
                        left[state] = behind + step;
                        changed = true;
                    }
                }
            }
        }
        return left;
    }

    @Test
    void oneThatIsLongAgoIsReadOn() {
        Expression expression = new RegexReader().read("^(.{1,63}\\.){1,127}$", RegexReader.Mode.SEARCH);
        DerivedTexts texts = new DerivedTexts(expression, Limits.DEFAULT);
        DerivedTexts.Place place = Objects.requireNonNull(texts.start());
        Random random = new Random(6);
        for (int i = 0; i < 2_000; i++) {
            int c = random.nextInt(5) == 0 ? '.' : 'a';
            DerivedTexts.Place next = texts.next(place, c);
            place = next == null ? Objects.requireNonNull(texts.start()) : next;
        }
        assertTrue(texts.bytes(place) < DerivedTexts.NEVER);
    }
}
