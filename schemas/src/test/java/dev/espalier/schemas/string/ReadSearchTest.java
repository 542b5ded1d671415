// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.format.TextKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Shortest texts of an automaton that are regular expressions, held to all texts of few letters. */
@org.jspecify.annotations.NullUnmarked
class ReadSearchTest implements CountedTrials {

    private static final String LETTERS = "()*a";
    private static final int LONGEST = 6;
    private static final List<String> ALL = SlowTexts.all(LETTERS, LONGEST);

    private int found;
    private int none;

    /** Texts of at most so many letters: no way leads back. */
    private static CharacterAutomaton automaton(Random random) {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(WorkBudget.standard());
        int dense = random.nextInt(2, 5);
        for (int state = 0; state <= LONGEST; state++) {
            builder.add(random.nextInt(4) == 0 || state == LONGEST ? 0 : CharacterAutomaton.NONE);
        }
        for (int state = 0; state < LONGEST; state++) {
            List<Integer> triples = new ArrayList<>();
            for (int letter : LETTERS.toCharArray()) {
                int target = state + 1 + random.nextInt(2);
                if (random.nextInt(5) < dense && target <= LONGEST) {
                    triples.addAll(List.of(letter, letter, target));
                }
            }
            builder.transitions(state, triples.stream().mapToInt(i -> i).toArray());
        }
        return builder.finish();
    }

    @RandomTrials(60)
    void theShortestTextIsTheShortestOfAll(long seed, Random random) {
        CharacterAutomaton automaton = automaton(random);
        TextKind kind = new TextKind.Regexes();
        int wanted = random.nextInt(2); // those that are none have result 0
        StringLanguage texts = new StringLanguage(automaton, new int[0], new int[][] {{0}}, false, Limits.DEFAULT);
        ReadLanguage language = new ReadLanguage(texts, List.of(kind), true, List.of(List.of(0, 1)));
        List<String> good = ALL.stream()
                .filter(text -> automaton.run(text) >= 0 && kind.contains(text) == (wanted == 1))
                .toList();
        for (int i = 0; i < 12; i++) {
            String beginning = ALL.get(random.nextInt(1 << 2 * random.nextInt(5)));
            int state = automaton.start();
            int count = 0;
            ReadLanguage.Readings readings = language.nothingRead();
            for (int at = 0; at < beginning.length() && state >= 0; at++) {
                state = automaton.next(state, beginning.charAt(at));
                count = texts.counted(count);
                readings = state < 0 ? readings : language.after(readings, beginning.charAt(at), count);
            }
            if (state < 0) {
                continue;
            }
            int expected = good.stream()
                    .filter(text -> text.startsWith(beginning))
                    .mapToInt(text -> text.length() - beginning.length() + 1)
                    .min()
                    .orElse(Integer.MAX_VALUE);
            String where = "seed " + seed + " after " + beginning;
            assertEquals(expected, ReadSearch.bytes(language, state, count, readings, wanted), where);
            assertEquals(
                    expected < Integer.MAX_VALUE, ReadSearch.exists(language, state, count, readings, wanted), where);
            found += expected < Integer.MAX_VALUE ? 1 : 0;
            none += expected < Integer.MAX_VALUE ? 0 : 1;
        }
    }

    @Override
    public void afterTrials() {
        int all = IntStream.of(found, none).sum();
        assertTrue(found > 50 && none > 20, found + " of " + all + " found");
    }
}
