// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MergerTest {

    /** The least rank first, of equal ones the leftmost; again and again. */
    private static List<String> slowly(String text, List<String> pairs) {
        List<String> symbols =
                text.codePoints().mapToObj(Character::toString).collect(Collectors.toCollection(ArrayList::new));
        while (true) {
            int best = Integer.MAX_VALUE;
            int at = -1;
            for (int i = 0; i + 1 < symbols.size(); i++) {
                int rank = pairs.lastIndexOf(symbols.get(i) + " " + symbols.get(i + 1));
                if (rank >= 0 && rank < best) {
                    best = rank;
                    at = i;
                }
            }
            if (at < 0) {
                return symbols;
            }
            symbols.set(at, symbols.get(at) + symbols.remove(at + 1));
        }
    }

    @RandomTrials(2000)
    void wordsAndTheirPartsMergeAsTheDefinitionSays(Random random) {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (String letter : List.of("a", "b", "c", "\ud83d\ude00")) {
            vocabulary.put(letter, vocabulary.size());
        }
        List<String> pairs = new ArrayList<>();
        List<String> merges = new ArrayList<>();
        for (int i = random.nextInt(15); i > 0; i--) {
            List<String> texts = List.copyOf(vocabulary.keySet());
            String left = texts.get(random.nextInt(texts.size()));
            String right = texts.get(random.nextInt(texts.size()));
            vocabulary.putIfAbsent(left + right, vocabulary.size());
            pairs.add(left + " " + right);
            merges.addAll(List.of(left, right));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(60); i > 0; i--) {
            text.append(List.of("a", "b", "c", "\ud83d\ude00", "x").get(random.nextInt(5)));
        }
        IntList tokens = new IntList();
        new BytePairReader("", vocabulary, Set.of())
                .overCharacters(merges, new Unknown(1000, random.nextBoolean()), false, false)
                .into(tokens)
                .accept(text.toString(), 0, text.length());
        List<Integer> expected = new ArrayList<>();
        for (String symbol : slowly(text.toString(), pairs)) {
            expected.add(vocabulary.getOrDefault(symbol, 1000));
        }
        assertEquals(
                fused(expected), fused(Arrays.stream(tokens.toArray()).boxed().toList()), pairs + " " + text);
    }

    private static List<Integer> fused(List<Integer> tokens) {
        List<Integer> fused = new ArrayList<>();
        for (int token : tokens) {
            if (token != 1000 || fused.isEmpty() || fused.get(fused.size() - 1) != 1000) {
                fused.add(token);
            }
        }
        return fused;
    }

    @RandomTrials(1000)
    void scoresMergeTheBestPairFirstAndTheLeftmostOfEqualOnes(Random random) {
        Set<String> texts = new HashSet<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            StringBuilder token = new StringBuilder();
            for (int j = 1 + random.nextInt(4); j > 0; j--) {
                token.append((char) ('a' + random.nextInt(3)));
            }
            texts.add(token.toString());
        }
        Map<String, Integer> vocabulary = new HashMap<>();
        texts.stream().sorted().forEach(text -> vocabulary.put(text, vocabulary.size()));
        float[] scores = new float[vocabulary.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextInt(4);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(30); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        List<String> symbols =
                text.chars().mapToObj(Character::toString).collect(Collectors.toCollection(ArrayList::new));
        for (int at = 0; at >= 0; ) {
            at = -1;
            for (int i = 0; i + 1 < symbols.size(); i++) {
                Integer made = vocabulary.get(symbols.get(i) + symbols.get(i + 1));
                if (made != null
                        && (at < 0
                                || scores[made]
                                        > scores[vocabulary.getOrDefault(symbols.get(at) + symbols.get(at + 1), 0)])) {
                    at = i;
                }
            }
            if (at >= 0) {
                symbols.set(at, symbols.get(at) + symbols.remove(at + 1));
            }
        }
        IntList tokens = new IntList();
        BytePairReader.byScore(vocabulary, Set.of(), scores, new Unknown(1000, true))
                .into(tokens)
                .accept(text.toString(), 0, text.length());
        List<Integer> expected = symbols.stream()
                .map(symbol -> vocabulary.getOrDefault(symbol, 1000))
                .toList();
        assertEquals(
                fused(expected),
                Arrays.stream(tokens.toArray()).boxed().toList(),
                vocabulary + Arrays.toString(scores) + text);
    }

    @Test
    void aMillionEqualLettersAreNoMoreThanALongWord() {
        Map<String, Integer> vocabulary = new HashMap<>(Map.of("a", 0));
        List<String> merges = new ArrayList<>();
        for (int length = 1; length <= 64; length *= 2) {
            vocabulary.put("a".repeat(2 * length), vocabulary.size());
            merges.addAll(List.of("a".repeat(length), "a".repeat(length)));
        }
        IntList tokens = new IntList();
        new BytePairReader("", vocabulary, Set.of())
                .overCharacters(merges, new Unknown(-1, false), false, false)
                .into(tokens)
                .accept("a".repeat(1_000_000), 0, 1_000_000);
        assertEquals(1_000_000 / 128 + 1, tokens.size());
    }
}
