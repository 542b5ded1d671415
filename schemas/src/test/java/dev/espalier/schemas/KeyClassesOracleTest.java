// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.key.NearestClasses;
import dev.espalier.schemas.key.TakenKeys;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.work.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Classes, counts and sizes of keys are those that come out when all short texts are tried. */
class KeyClassesOracleTest {

    private static final int TRIALS = 100;
    private static final int LONGEST = 7;
    private static final int SIZES = 6;
    /** Of one, two and three bytes. */
    private static final List<String> LETTERS = List.of("a", "\"", "中");

    private final Random random = new Random(20261121);

    private static WorkBudget budget() {
        return new WorkBudget(Limits.DEFAULT, new Cancellation());
    }

    private CharacterAutomaton automaton(boolean isFinite) {
        CharacterAutomatonBuilder builder = new CharacterAutomatonBuilder(budget());
        int states = 1 + random.nextInt(3);
        for (int state = 0; state < states; state++) {
            assertEquals(state, builder.add(random.nextInt(2) - 1));
        }
        for (int state = 0; state < states; state++) {
            List<Integer> triples = new ArrayList<>();
            for (int letter : new int[] {'"', 'a', '中'}) {
                int first = isFinite ? state + 1 : 0;
                if (first < states && random.nextInt(3) > 0) {
                    triples.addAll(List.of(letter, letter, first + random.nextInt(states - first)));
                }
            }
            builder.transitions(state, triples.stream().mapToInt(i -> i).toArray());
        }
        return builder.finish();
    }

    private static List<String> texts(int longest) {
        List<String> all = new ArrayList<>(List.of(""));
        int from = 0;
        for (int length = 1; length <= longest; length++) {
            int to = all.size();
            for (; from < to; from++) {
                for (String letter : LETTERS) {
                    all.add(all.get(from) + letter);
                }
            }
        }
        return all;
    }

    /** The sets that a text is in: two texts are in one class if these are the same. */
    private static List<Boolean> sets(List<CharacterAutomaton> automata, String text) {
        return automata.stream().map(automaton -> automaton.run(text) >= 0).toList();
    }

    /** Texts that no random automaton reads are in the class of none of them. */
    private static boolean isOfNone(KeyClasses classes, int keyClass, List<CharacterAutomaton> automata) {
        return automata.stream().noneMatch(a -> classes.belongs(keyClass, new KeySet.Matching(a)));
    }

    @Test
    void countsAndSizesAreThoseOfAllTexts() {
        List<String> texts = texts(LONGEST);
        int finite = 0;
        for (int trial = 0; trial < TRIALS; trial++) {
            Set<CharacterAutomaton> distinct = new HashSet<>();
            for (int i = 0; i < 1 + trial % 3; i++) {
                distinct.add(automaton((trial + i) % 2 == 0));
            }
            List<CharacterAutomaton> automata = List.copyOf(distinct);
            KeyClasses classes = new KeyClasses(automata, budget(), new Deadline(budget()));
            Map<List<Boolean>, Integer> numbers = new HashMap<>();
            Map<Integer, TreeMap<Integer, Integer>> sizes = new HashMap<>();
            Map<Integer, Integer> counts = new HashMap<>();
            Map<Integer, Integer> lengths = new HashMap<>();
            for (String text : texts) {
                int keyClass = classes.automaton().run(text);
                assertEquals(keyClass, numbers.computeIfAbsent(sets(automata, text), k -> keyClass));
                counts.merge(keyClass, 1, Integer::sum);
                lengths.merge(keyClass, text.length(), Math::max);
                sizes.computeIfAbsent(keyClass, k -> new TreeMap<>())
                        .merge(JsonCharacters.bytes(text), 1, Integer::sum);
            }
            for (int keyClass = 0; keyClass < classes.size(); keyClass++) {
                if (isOfNone(classes, keyClass, automata)) {
                    assertEquals(KeyClasses.ENDLESS, classes.count(keyClass), "there are more letters");
                    continue;
                }
                finite += checkCount(classes, keyClass, counts, lengths);
                for (int size = 0; size <= SIZES; size++) {
                    int expected = sizes.getOrDefault(keyClass, new TreeMap<>()).getOrDefault(size, 0);
                    assertEquals(expected, classes.sizes().of(size, keyClass), "trial " + trial + ", size " + size);
                }
            }
            checkNearest(classes, automata, texts);
            checkShortestKeys(classes, texts);
        }
        assertTrue(finite > TRIALS / 8, "some classes are finite");
    }

    /** Texts are shorter than there are states, or some are longer, by less than there are states again, and there is no end to them. */
    private static int checkCount(
            KeyClasses classes, int keyClass, Map<Integer, Integer> counts, Map<Integer, Integer> lengths) {
        int states = classes.automaton().states();
        int longest = lengths.getOrDefault(keyClass, -1);
        if (2 * states > LONGEST + 1) {
            return 0;
        }
        boolean isFinite = longest < states;
        if (isFinite) {
            assertEquals(counts.get(keyClass), classes.count(keyClass));
        } else {
            assertEquals(KeyClasses.ENDLESS, classes.count(keyClass));
        }
        return isFinite ? 1 : 0;
    }

    private static void checkNearest(KeyClasses classes, List<CharacterAutomaton> automata, List<String> texts) {
        for (String prefix : LETTERS) {
            int state = classes.automaton().next(classes.automaton().start(), prefix.codePointAt(0));
            Map<Integer, Integer> least = new HashMap<>();
            for (String text : texts) {
                if (text.startsWith(prefix)) {
                    String rest = text.substring(prefix.length());
                    least.merge(classes.automaton().run(text), JsonCharacters.bytes(rest), Math::min);
                }
            }
            NearestClasses from = classes.from(state);
            int before = 0;
            Set<Integer> met = new HashSet<>();
            for (int keyClass = from.next(); keyClass >= 0; keyClass = from.next()) {
                assertTrue(met.add(keyClass), "each class comes once");
                assertTrue(from.bytes() >= before, "the nearest come first");
                before = from.bytes();
                assertEquals(keyClass, classes.automaton().run(prefix + from.text()));
                assertEquals(from.bytes(), JsonCharacters.bytes(from.text()));
                if (!isOfNone(classes, keyClass, automata)) {
                    assertEquals(least.get(keyClass), from.bytes());
                }
                checkShortest(classes, keyClass, state, prefix, from.text());
            }
            assertTrue(met.containsAll(least.keySet()));
        }
    }

    /** Without the shortest text, another one is found that is as short as any other. */
    private static void checkShortest(KeyClasses classes, int keyClass, int state, String prefix, String shortest) {
        if (classes.count(keyClass, state) < 2) {
            return;
        }
        TakenKeys taken = new TakenKeys(new KeyTree(List.of()), UsedKeys.NONE.with(prefix + shortest));
        KeyClasses.Word word = classes.shortest(keyClass, state, prefix, taken);
        assertFalse(taken.contains(word.text()));
        assertEquals(keyClass, classes.automaton().run(word.text()));
        assertEquals(JsonCharacters.bytes(word.text()) - JsonCharacters.bytes(prefix), word.bytes());
        assertTrue(word.bytes() >= JsonCharacters.bytes(shortest));
    }

    /** The shortest key of a class, whichever are names and used, is as short as the search for it alone says. */
    private void checkShortestKeys(KeyClasses classes, List<String> texts) {
        List<String> names = texts.subList(0, random.nextInt(6));
        KeyTree tree = new KeyTree(names);
        for (int question = 0; question < 8; question++) {
            UsedKeys used = UsedKeys.NONE;
            for (int i = random.nextInt(3); i > 0; i--) {
                String key = texts.get(random.nextInt(12));
                used = used.has(key) ? used : used.with(key);
            }
            int keyClass = random.nextInt(classes.size());
            if (classes.count(keyClass) > names.size() + used.others().size()) {
                TakenKeys taken = new TakenKeys(tree, used);
                KeyClasses.Word word = classes.shortest(keyClass, taken);
                assertFalse(taken.contains(word.text()));
                assertEquals(keyClass, classes.automaton().run(word.text()));
                assertEquals(JsonCharacters.bytes(word.text()), word.bytes());
                int start = classes.automaton().start();
                assertEquals(classes.shortest(keyClass, start, "", taken).bytes(), word.bytes());
            }
        }
    }

    @Test
    void charactersOfARangeAreCountedBySize() {
        for (int trial = 0; trial < 200; trial++) {
            int first = random.nextInt(0x900);
            int last = first + random.nextInt(0x900);
            int[] expected = new int[JsonCharacters.WIDEST + 1];
            for (int c = first; c <= last; c++) {
                expected[JsonCharacters.bytes(c, c)]++;
            }
            assertEquals(
                    Arrays.stream(expected).boxed().collect(Collectors.toList()),
                    Arrays.stream(JsonCharacters.sizes(first, last)).boxed().collect(Collectors.toList()));
            int cheapest = JsonCharacters.cheapest(first, last);
            assertTrue(first <= cheapest && cheapest <= last);
            assertEquals(JsonCharacters.bytes(first, last), JsonCharacters.bytes(cheapest, cheapest));
        }
    }
}
