// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.AllotmentSpentException;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.WorkMeter;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.work.Deadline;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Classes of keys of which there are a few become names. */
class KeyClassesTest {

    private static WorkBudget budget() {
        return new WorkBudget(Limits.DEFAULT, new Cancellation());
    }

    private static KeyClasses classes(CharacterAutomaton... automata) {
        return new KeyClasses(List.of(automata), budget(), new Deadline(budget()));
    }

    /** {@code *}, and all that begins with a dot: the states are the start, behind the star, behind the dot. */
    private static CharacterAutomaton starOrDot() {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget());
        for (int outcome : List.of(-1, 0, 0)) {
            int unused = builder.add(outcome);
        }
        builder.transitions(0, new int[] {'*', '*', 1, '.', '.', 2});
        builder.transitions(1, new int[0]);
        builder.transitions(2, new int[] {'a', 'z', 2});
        return builder.finish();
    }

    /** {@code a}, {@code b}, {@code ab}. */
    private static CharacterAutomaton three() {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget());
        for (int outcome : List.of(-1, 0, 0)) {
            int unused = builder.add(outcome);
        }
        builder.transitions(0, new int[] {'a', 'a', 1, 'b', 'b', 2});
        builder.transitions(1, new int[] {'b', 'b', 2});
        builder.transitions(2, new int[0]);
        return builder.finish();
    }

    @Test
    void keysThatAreAloneWithTheirBeginningAreTaken() {
        KeyClasses classes = classes(starOrDot());
        assertEquals(List.of("*"), classes.takeFew(4));
        int start = classes.automaton().start();
        int dotted = classes.automaton().run(".a");
        assertEquals(KeyClasses.ENDLESS, classes.count(dotted, start));
    }

    @Test
    void aClassOfAFewKeysIsTakenWhole() {
        KeyClasses classes = classes(three());
        int start = classes.automaton().start();
        int few = classes.automaton().run("a");
        assertEquals(3, classes.count(few, start));
        assertEquals(Set.of("a", "ab", "b"), new TreeSet<>(classes.takeFew(3)));
        assertEquals(0, classes.count(few, start));
    }

    @Test
    void noMoreAreTakenThanAllowed() {
        KeyClasses classes = classes(three());
        assertTrue(classes.takeFew(2).size() <= 2);
        assertEquals(
                3,
                classes.count(classes.automaton().run("a"), classes.automaton().start()));
    }

    @Test
    void aSearchThatWasEndedOnItsWayBeginsAnew() {
        int length = 6_000;
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget());
        for (int state = 0; state <= length; state++) {
            int unused = builder.add(state == length ? 0 : -1);
        }
        for (int state = 0; state <= length; state++) {
            builder.transitions(state, state == length ? new int[0] : new int[] {'a', 'a', state + 1});
        }
        WorkMeter meter = WorkMeter.ofStep(Limits.DEFAULT, new Cancellation());
        KeyClasses classes = new KeyClasses(List.of(builder.finish()), budget(), new Deadline(Limits.DEFAULT));
        int keyClass = classes.automaton().run("a".repeat(length));
        TakenKeys none = new TakenKeys(new KeyTree(List.of()), UsedKeys.NONE);
        KeyClasses.Word word = meter.run(() -> {
            for (int trial = 0; trial < 3; trial++) {
                meter.allot(500);
                assertThrows(AllotmentSpentException.class, () -> classes.shortest(keyClass, none));
            }
            meter.allot(Long.MAX_VALUE);
            return classes.shortest(keyClass, none);
        });
        assertEquals("a".repeat(length), word.text());
    }
}
