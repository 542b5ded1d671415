// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.testing.RandomTrials;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Automata of words, held to the words one by one, and to a tree of them whose equal states are merged. */
@org.jspecify.annotations.NullUnmarked
class WordAutomatonTest {

    /** Characters before, inside and behind what halves of pairs have. */
    private static final String[] LETTERS = {"a", "b", "c", "\u00e9", "\uff5e", "\ue000", "\ud83d\ude00", "\ud800\udc00"
    };

    private static String word(Random random, int letters, int longest) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            word.append(LETTERS[random.nextInt(8) == 0 ? random.nextInt(LETTERS.length) : random.nextInt(letters)]);
        }
        return word.toString();
    }

    @RandomTrials(400)
    void theAutomatonIsTheSmallestOfItsWords(long seed, Random random) {
        int letters = random.nextInt(1, LETTERS.length + 1);
        int longest = random.nextInt(1, 6);
        int outcomes = random.nextInt(1, 4);
        Map<String, Integer> words = new HashMap<>();
        for (int i = random.nextInt(1, 40); i > 0; i--) {
            words.put(word(random, letters, longest), random.nextInt(outcomes));
        }
        String[] given = words.keySet().toArray(String[]::new);
        if (random.nextInt(3) == 0) {
            given = Arrays.copyOf(given, given.length + 1);
            given[given.length - 1] = given[0];
        }
        CharacterAutomaton automaton =
                new WordAutomaton(new CharacterAutomatonBuilder(WorkBudget.standard())).build(given, words::get);
        assertEquals(tree(words), automaton, "seed " + seed);
        for (String word : words.keySet()) {
            assertEquals(words.get(word), automaton.run(word), "seed " + seed);
        }
        for (int i = 0; i < 100; i++) {
            String word = word(random, letters, longest);
            assertEquals(words.getOrDefault(word, CharacterAutomaton.NONE), automaton.run(word), "seed " + seed);
        }
    }

    /** A state for each beginning of a word; the builder merges those that are equal. */
    private static CharacterAutomaton tree(Map<String, Integer> words) {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(WorkBudget.standard());
        Map<String, Integer> states = new HashMap<>();
        Map<Integer, TreeMap<Integer, Integer>> next = new HashMap<>();
        states.put("", builder.add(words.getOrDefault("", CharacterAutomaton.NONE)));
        for (String word : words.keySet()) {
            for (int end = 1; end <= word.codePointCount(0, word.length()); end++) {
                String beginning = word.substring(0, word.offsetByCodePoints(0, end));
                if (!states.containsKey(beginning)) {
                    states.put(beginning, builder.add(words.getOrDefault(beginning, CharacterAutomaton.NONE)));
                }
                int last = beginning.codePointBefore(beginning.length());
                String before = beginning.substring(0, beginning.length() - Character.charCount(last));
                next.computeIfAbsent(states.get(before), unused -> new TreeMap<>())
                        .put(last, states.get(beginning));
            }
        }
        next.forEach((state, targets) -> builder.transitions(
                state,
                targets.entrySet().stream()
                        .flatMapToInt(way -> java.util.stream.IntStream.of(way.getKey(), way.getKey(), way.getValue()))
                        .toArray()));
        return builder.finish();
    }
}
