// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** States that stand for others, by all short texts and by random automata. */
class AlikeStatesTest {

    private static final int LETTERS = 3;
    private static final int FAR = 1_000;

    private static WorkBudget budget() {
        return new WorkBudget(Limits.DEFAULT, new Cancellation());
    }

    @Test
    void noTextOfTheLengthTellsAlikeStatesApartAndSomeTextTellsTheOthers() {
        Random random = new Random(Long.getLong("espalier.schemas.seed", 20261121));
        int merged = 0;
        for (int round = 0; round < 400; round++) {
            CharacterAutomaton automaton = random.nextBoolean() ? counting(random) : any(random);
            for (int characters = 0; characters < 6; characters++) {
                int[] least = AlikeStates.of(automaton, characters);
                int[][] distances = distances(automaton);
                for (int state = 0; state < automaton.states(); state++) {
                    merged += least[state] == state ? 0 : 1;
                    for (int other = 0; other <= state; other++) {
                        boolean alike = alike(automaton, distances, state, other, characters);
                        assertEquals(
                                alike, least[state] == least[other], "round " + round + ", " + state + " and " + other);
                    }
                    assertTrue(least[state] <= state);
                }
            }
        }
        assertTrue(merged > 1_000, merged + " states");
    }

    @Test
    void positionsFarFromABoundAreOne() {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget());
        for (int count = 0; count <= 40; count++) {
            int unused = builder.add(0);
        }
        for (int count = 0; count <= 40; count++) {
            builder.transitions(count, count == 40 ? new int[0] : new int[] {'a', 'z', count + 1});
        }
        CharacterAutomaton automaton = builder.finish();
        assertEquals(6, Arrays.stream(AlikeStates.of(automaton, 5)).distinct().count());
        assertEquals(0, automaton.within(35, 5));
        assertEquals(36, automaton.within(36, 5));
        assertEquals(30, automaton.within(30, 40));
    }

    private static boolean alike(CharacterAutomaton automaton, int[][] distances, int left, int right, int characters) {
        boolean apart = automaton.outcome(left) != automaton.outcome(right);
        for (int outcome = 1; outcome < distances.length; outcome++) {
            apart |= (distances[outcome][left] == FAR) != (distances[outcome][right] == FAR)
                    || (distances[outcome][left] < FAR
                            && distances[outcome][left] - distances[0][left]
                                    != distances[outcome][right] - distances[0][right]);
        }
        if (apart) {
            return false;
        }
        for (int c = 'a'; characters > 0 && c < 'a' + LETTERS; c++) {
            int a = automaton.next(left, c);
            int b = automaton.next(right, c);
            if (a < 0 != b < 0
                    || (a >= 0
                            && (distances[0][a] - distances[0][left] != distances[0][b] - distances[0][right]
                                    || !alike(automaton, distances, a, b, characters - 1)))) {
                return false;
            }
        }
        return true;
    }

    /** The steps to the nearest outcome, and then to each. */
    private static int[][] distances(CharacterAutomaton automaton) {
        int[][] distances = new int[3][automaton.states()];
        for (int wanted = 0; wanted < distances.length; wanted++) {
            int[] to = distances[wanted];
            Arrays.fill(to, FAR);
            for (int pass = 0; pass <= to.length; pass++) {
                for (int state = 0; state < to.length; state++) {
                    for (int c = 'a'; c < 'a' + LETTERS; c++) {
                        int next = automaton.next(state, c);
                        to[state] = Math.min(to[state], next < 0 ? FAR : to[next] + 1);
                    }
                    int outcome = automaton.outcome(state);
                    to[state] = outcome >= 0 && (wanted == 0 || outcome == wanted - 1) ? 0 : to[state];
                }
            }
        }
        return distances;
    }

    private static CharacterAutomaton any(Random random) {
        int states = 1 + random.nextInt(9);
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget());
        for (int state = 0; state < states; state++) {
            int unused = builder.add(random.nextInt(3) - 1);
        }
        for (int state = 0; state < states; state++) {
            int[] triples = new int[3 * LETTERS];
            for (int c = 0; c < LETTERS; c++) {
                triples[3 * c] = 'a' + c;
                triples[3 * c + 1] = 'a' + c;
                triples[3 * c + 2] = random.nextInt(states);
            }
            builder.transitions(state, triples);
        }
        return builder.finish();
    }

    /** A chain, with some letters that lead back or are dead. */
    private static CharacterAutomaton counting(Random random) {
        int states = 5 + random.nextInt(12);
        int accepting = random.nextInt(states);
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget());
        for (int state = 0; state < states; state++) {
            int unused = builder.add(state >= accepting ? 0 : -1);
        }
        List<Integer> steps = List.of(random.nextInt(3), random.nextInt(3) - 1);
        for (int state = 0; state < states; state++) {
            int[] triples = new int[6];
            int size = 0;
            for (int c = 0; c < 2; c++) {
                int to = state + steps.get(c);
                if (to >= 0 && to < states) {
                    triples[size++] = c == 0 ? 'a' : 'b';
                    triples[size++] = c == 0 ? 'a' : 'c';
                    triples[size++] = to;
                }
            }
            builder.transitions(state, Arrays.copyOf(triples, size));
        }
        return builder.finish();
    }
}
