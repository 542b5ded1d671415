// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.grammar.testing.TextGraph;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The oracle of canvases with slots for any number of tokens: draws the graph of all fillings, loops included, and asks an Earley
 * recogniser over graphs whether some path is a sentence. Masks are asked token by token, of canvases that have the token.
 * Shares no code with what it checks.
 */
final class GapOracle {

    private final Vocabulary vocabulary;
    private final SlowRecognizer recognizer;
    private final Set<Integer> named = new HashSet<>();

    GapOracle(Grammar grammar, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.recognizer = new SlowRecognizer(grammar, this::symbol);
    }

    private int symbol(SpecialToken token) {
        int id = token.name().isEmpty()
                ? token.id()
                : vocabulary.specialId(token.name()).orElseThrow();
        named.add(id);
        return 256 + id;
    }

    boolean isCompletable(int... slots) {
        TextGraph graph = new TextGraph();
        int boundary = 0;
        for (int slot = 0; slot < slots.length; slot++) {
            if (canPad(slots, slot)) {
                graph.accept(boundary);
            }
            int next = graph.addNode();
            if (slots[slot] < Canvas.FREE) {
                graph.skip(boundary, next);
            }
            int after = slots[slot] == Canvas.ENDLESS ? boundary : next;
            for (int token = 0; token < vocabulary.size(); token++) {
                if (slots[slot] < 0 || slots[slot] == token) {
                    draw(graph, boundary, token, after);
                }
            }
            boundary = next;
        }
        graph.accept(boundary);
        return recognizer.acceptsSome(graph);
    }

    private void draw(TextGraph graph, int from, int token, int to) {
        ByteString bytes = vocabulary.bytes(token);
        int at = from;
        for (int i = 0; i < bytes.length(); i++) {
            int next = i + 1 < bytes.length() ? graph.addNode() : to;
            graph.read(at, bytes.at(i), next);
            at = next;
        }
        if (named.contains(token)) {
            graph.read(from, 256 + token, to);
        }
    }

    private boolean canPad(int[] slots, int from) {
        boolean hasEnd = vocabulary.endIds().length > 0;
        return IntStream.range(from, slots.length)
                .allMatch(slot -> slots[slot] < Canvas.FREE
                        || (slots[slot] == Canvas.FREE ? hasEnd : vocabulary.isEnd(slots[slot])));
    }

    /** The tokens that may be in a slot: the slots that it leans on are there then. */
    int[] mask(Canvas canvas, int slot) {
        int held = canvas.token(slot);
        return IntStream.range(0, vocabulary.size())
                .filter(token -> held < 0 || held == token)
                .filter(token -> isCompletable(with(canvas.tokens(), slot, token)))
                .toArray();
    }

    private static int[] with(int[] slots, int slot, int token) {
        int[] changed = slots.clone();
        for (int before = slot - 1; slots[slot] < Canvas.FREE && before >= 0; before--) {
            if (slots[before] != Canvas.OPTIONAL) {
                break;
            }
            changed[before] = Canvas.FREE;
        }
        changed[slot] = token;
        return slots[slot] == Canvas.ENDLESS
                ? join(
                        Arrays.copyOf(changed, slot),
                        new int[] {Canvas.ENDLESS, token, Canvas.ENDLESS},
                        changed,
                        slot + 1)
                : changed;
    }

    /** Whether the slot may be absent: then those that lean on it are. */
    boolean mayBeAbsent(Canvas canvas, int slot) {
        int[] slots = canvas.tokens();
        if (slots[slot] >= Canvas.FREE) {
            return false;
        }
        int to = slot + 1;
        while (to < slots.length && slots[to - 1] == Canvas.OPTIONAL && slots[to] < Canvas.FREE) {
            to++;
        }
        return isCompletable(join(Arrays.copyOf(slots, slot), new int[0], slots, to));
    }

    private static int[] join(int[] left, int[] middle, int[] slots, int from) {
        return Stream.of(left, middle, Arrays.copyOfRange(slots, from, slots.length))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }
}
