// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The boundaries between tokens, by what tokens before them forbid of the text behind: sets of obligations, numbered as they are met. Number 0 forbids nothing.
 * Used by one thread.
 */
public final class Boundaries {

    /** The boundary that forbids nothing. */
    public static final int FREE = 0;

    /** No boundary: the text is what was forbidden. */
    static final int BROKEN = -1;

    private final LexerTable lexer;
    private final List<int[]> sets = new ArrayList<>();
    private final Map<List<Integer>, Integer> numbers = new HashMap<>();

    /** The boundaries of a lexer's tokens. */
    public Boundaries(LexerTable lexer) {
        this.lexer = lexer;
        number(IntStream.empty());
    }

    private int number(IntStream obligations) {
        int[] set = obligations.sorted().distinct().toArray();
        List<Integer> key = Arrays.stream(set).boxed().toList();
        return numbers.computeIfAbsent(key, none -> {
            sets.add(set);
            return sets.size() - 1;
        });
    }

    /** How many there are so far. */
    public int size() {
        return sets.size();
    }

    /** What a boundary still forbids after a byte; {@link #BROKEN} if the byte is forbidden. */
    int after(int boundary, int range) {
        if (boundary == FREE) {
            return FREE;
        }
        int[] kept = Arrays.stream(sets.get(boundary))
                .map(obligation -> lexer.kept(obligation, range))
                .toArray();
        return Arrays.stream(kept).anyMatch(obligation -> obligation == LexerTable.BROKEN)
                ? BROKEN
                : number(Arrays.stream(kept).filter(obligation -> obligation != LexerTable.FREE));
    }

    /** The boundary at the end of a token that ends in a state, where an older one still forbids something. */
    int join(int boundary, int state) {
        int obligation = lexer.obligation(state);
        return obligation == LexerTable.FREE
                ? boundary
                : number(IntStream.concat(Arrays.stream(sets.get(boundary)), IntStream.of(obligation)));
    }
}
