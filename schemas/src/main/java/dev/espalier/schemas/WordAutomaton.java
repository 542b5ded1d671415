package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One construction of the smallest automaton of a finite set of words. */
final class WordAutomaton {

    private final CharacterAutomatonBuilder builder;
    private final SequenceIndex register = new SequenceIndex();
    /** By number in the register, the state. */
    private final List<Integer> registered = new ArrayList<>();

    private final List<Node> path = new ArrayList<>();

    /** A state whose future is not complete yet. */
    private static final class Node {
        int outcome = CharacterAutomaton.NONE;
        int[] triples = new int[0];

        void add(int codePoint, int target) {
            triples = Arrays.copyOf(triples, triples.length + 3);
            triples[triples.length - 3] = codePoint;
            triples[triples.length - 2] = codePoint;
            triples[triples.length - 1] = target;
        }
    }

    WordAutomaton(CharacterAutomatonBuilder builder) {
        this.builder = builder;
    }

    /** The automaton of some words; the outcome of each is what the map says. */
    CharacterAutomaton build(Map<String, Integer> words) {
        int root = builder.add(CharacterAutomaton.NONE);
        List<int[]> sorted = new ArrayList<>();
        words.keySet().forEach(word -> sorted.add(word.codePoints().toArray()));
        sorted.sort(Arrays::compare);
        path.add(new Node());
        int[] before = {};
        for (int[] word : sorted) {
            int common = Arrays.mismatch(before, word);
            if (common >= 0 || word.length == 0) {
                freeze(Math.max(common, 0), before);
                for (int i = Math.max(common, 0); i < word.length; i++) {
                    path.add(new Node());
                }
                path.get(word.length).outcome = Objects.requireNonNull(words.get(new String(word, 0, word.length)));
                before = word;
            }
        }
        freeze(0, before);
        Node start = path.get(0);
        builder.outcome(root, start.outcome);
        builder.transitions(root, start.triples);
        return builder.finishMinimal();
    }

    /** Completes the states of the current path below a depth: nothing will be added to them any more. */
    private void freeze(int depth, int[] word) {
        for (int i = path.size() - 1; i > depth; i--) {
            Node node = path.remove(i);
            int[] content = Arrays.copyOf(node.triples, node.triples.length + 1);
            content[node.triples.length] = node.outcome;
            int number = register.of(content);
            if (number == registered.size()) {
                registered.add(builder.add(node.outcome));
                builder.transitions(registered.get(number), node.triples);
            }
            path.get(i - 1).add(word[i - 1], registered.get(number));
        }
    }
}
