// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * The oracle of charts: tries every filling of a canvas, slot by slot, reading tokens with a plain Earley recogniser. Fillings
 * with a common beginning share its reading, and none is tried behind a beginning that no text has. Optional slots are
 * tried with and without a token; endless ones are not for it. Shares no code with what it checks.
 */
final class Fillings {

    /** Stands for no token in an optional slot. */
    static final int ABSENT = Canvas.OPTIONAL;

    private final Vocabulary vocabulary;
    private final SlowRecognizer recognizer;
    private final Map<Integer, Boolean> named = new HashMap<>();

    Fillings(Grammar grammar, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.recognizer = new SlowRecognizer(grammar, this::symbol);
    }

    private int symbol(SpecialToken token) {
        int id = token.name().isEmpty()
                ? token.id()
                : vocabulary.specialId(token.name()).orElseThrow();
        named.put(id, true);
        return 256 + id;
    }

    /**
     * What trying told.
     *
     * @param masks for each slot and token, whether a completion has it there
     * @param absent for each slot, whether a completion has no token there
     * @param completions how many completions there are
     * @param fillings how many fillings were decided
     * @param some one of the completions, drawn by reservoir; empty if there is none
     */
    record Answer(boolean[][] masks, boolean[] absent, long completions, double fillings, int[] some) {

        int[] mask(int slot) {
            boolean[] allowed = masks[slot];
            return java.util.stream.IntStream.range(0, allowed.length)
                    .filter(token -> allowed[token])
                    .toArray();
        }
    }

    Answer of(Canvas canvas, Random random) {
        Search search = new Search(canvas, random);
        search.fill(0, List.of(recognizer.start()), false);
        double fillings = Math.pow(vocabulary.size(), canvas.freeSlots());
        for (int slot = 0; slot < canvas.size(); slot++) {
            fillings *= canvas.mayBeAbsent(slot) ? vocabulary.size() + 1 : 1;
        }
        return new Answer(search.masks, search.absent, search.completions, fillings, search.some);
    }

    /** Tells every completion of a canvas; the array is used again for the next. */
    void each(Canvas canvas, Consumer<int[]> listener) {
        Search search = new Search(canvas, new Random(0));
        search.listener = listener;
        search.fill(0, List.of(recognizer.start()), false);
    }

    private final class Search {

        private final Canvas canvas;
        private final Random random;
        private final int[] filling;
        private final boolean[][] masks;
        private final boolean[] absent;
        private long completions;
        private int[] some = {};
        private Consumer<int[]> listener = filling -> {};

        Search(Canvas canvas, Random random) {
            this.canvas = canvas;
            this.random = random;
            this.filling = new int[canvas.size()];
            this.masks = new boolean[canvas.size()][vocabulary.size()];
            this.absent = new boolean[canvas.size()];
        }

        /** Fills the slots from one on; the text may have been read in several ways, and may have ended. */
        void fill(int slot, List<Column> readings, boolean ended) {
            if (slot == canvas.size()) {
                if (ended || readings.stream().anyMatch(Column::isAccepting)) {
                    found();
                }
                return;
            }
            boolean isOptional = canvas.token(slot) == Canvas.OPTIONAL;
            if (isOptional) {
                filling[slot] = ABSENT;
                fill(slot + 1, readings, ended);
                if (slot > 0 && canvas.token(slot - 1) == Canvas.OPTIONAL && filling[slot - 1] == ABSENT) {
                    return;
                }
            }
            boolean mayEnd = ended || readings.stream().anyMatch(Column::isAccepting);
            for (int token = 0; token < vocabulary.size(); token++) {
                if (isOptional || canvas.isFree(slot) || canvas.token(slot) == token) {
                    List<Column> next = read(readings, token);
                    boolean end = mayEnd && vocabulary.isEnd(token);
                    if (end || !next.isEmpty()) {
                        filling[slot] = token;
                        fill(slot + 1, next, end);
                    }
                }
            }
        }

        private void found() {
            completions++;
            listener.accept(filling);
            if (random.nextDouble() * completions < 1) {
                some = filling.clone();
            }
            for (int slot = 0; slot < filling.length; slot++) {
                if (filling[slot] == ABSENT) {
                    absent[slot] = true;
                } else {
                    masks[slot][filling[slot]] = true;
                }
            }
        }

        private List<Column> read(List<Column> readings, int token) {
            List<Column> next = new ArrayList<>();
            ByteString bytes = vocabulary.bytes(token);
            for (Column reading : readings) {
                Column after = reading;
                for (int i = 0; i < bytes.length() && after.isLive(); i++) {
                    after = after.advance(bytes.at(i));
                }
                if (bytes.length() > 0 && after.isLive()) {
                    next.add(after);
                }
                if (named.containsKey(token) && reading.advance(256 + token).isLive()) {
                    next.add(reading.advance(256 + token));
                }
            }
            return next;
        }
    }
}
