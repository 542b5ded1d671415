// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.characters;

import dev.espalier.core.collect.SequenceIndex;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** One construction of the smallest automaton of a finite set of words. */
@FastPath(oracle = "WordAutomatonTest")
final class WordAutomaton {

    private final CharacterAutomatonBuilder builder;
    private final SequenceIndex register = new SequenceIndex();
    /** By number in the register, the state. */
    private final List<Integer> registered = new ArrayList<>();

    private final List<Node> path = new ArrayList<>();

    /** Small steps of work for a state of a word. */
    private static final int STEPS_A_NODE = 4;

    /** A state whose future is not complete yet. */
    private static final class Node {
        int outcome = CharacterAutomaton.NONE;
        private int[] content = new int[4];
        private int size;

        void add(int codePoint, int target) {
            if (size + 3 >= content.length) {
                content = Arrays.copyOf(content, 2 * content.length);
            }
            content[size++] = codePoint;
            content[size++] = codePoint;
            content[size++] = target;
        }

        int[] triples() {
            return Arrays.copyOf(content, size);
        }

        /** The number of what the state is, transitions and outcome, in a register. */
        int number(SequenceIndex register) {
            content[size] = outcome;
            return register.add(content, size + 1);
        }
    }

    WordAutomaton(CharacterAutomatonBuilder builder) {
        this.builder = builder;
    }

    /** The automaton of some words, each with an outcome; a word may come twice. The array is sorted. */
    CharacterAutomaton build(String[] words, ToIntFunction<String> outcome) {
        int root = builder.add(CharacterAutomaton.NONE);
        sort(words);
        path.add(new Node());
        int[] before = new int[16];
        int[] points = new int[16];
        int length = 0;
        boolean isFirst = true;
        for (String word : words) {
            points = word.length() > points.length ? new int[2 * word.length()] : points;
            int size = points(word, points);
            int common = Arrays.mismatch(before, 0, length, points, 0, size);
            if (common < 0 && !isFirst) {
                continue;
            }
            freeze(Math.max(common, 0), before);
            for (int i = Math.max(common, 0); i < size; i++) {
                path.add(new Node());
            }
            path.get(size).outcome = outcome.applyAsInt(word);
            int[] free = before;
            before = points;
            points = free;
            length = size;
            isFirst = false;
        }
        freeze(0, before);
        Node start = path.get(0);
        builder.outcome(root, start.outcome);
        builder.transitions(root, start.triples());
        return builder.finishMinimal();
    }

    /** Sorts by code points: that is the order of strings, as long as there are no surrogates. */
    private static void sort(String[] words) {
        for (String word : words) {
            for (int i = 0; i < word.length(); i++) {
                if (word.charAt(i) >= Character.MIN_SURROGATE) {
                    Arrays.sort(
                            words,
                            (a, b) -> Arrays.compare(
                                    a.codePoints().toArray(), b.codePoints().toArray()));
                    return;
                }
            }
        }
        Arrays.sort(words);
    }

    /** Writes the code points of a word to an array that has room for them; returns their number. */
    private static int points(String word, int[] points) {
        int size = 0;
        for (int i = 0; i < word.length(); i += Character.charCount(points[size - 1])) {
            points[size++] = word.codePointAt(i);
        }
        return size;
    }

    /** Completes the states of the current path below a depth: nothing will be added to them any more. */
    private void freeze(int depth, int[] word) {
        for (int i = path.size() - 1; i > depth; i--) {
            builder.spendSteps(STEPS_A_NODE);
            Node node = path.remove(i);
            int number = node.number(register);
            if (number == registered.size()) {
                registered.add(builder.add(node.outcome));
                builder.transitions(registered.get(number), node.triples());
            }
            path.get(i - 1).add(word[i - 1], registered.get(number));
        }
    }
}
