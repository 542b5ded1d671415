// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The boundaries between tokens, by the lexer's mode and what tokens before them forbid of the text behind: sets of obligations, numbered as they are met. Used by
 * one thread.
 */
public final class Boundaries {

    /** The boundary at the beginning of a text: the first mode, nothing is forbidden. */
    public static final int BEGINNING = 0;

    /** No boundary: the text is what was forbidden. */
    static final int BROKEN = -1;

    private final LexerTable lexer;
    private final List<Boundary> known = new ArrayList<>();
    private final Map<Boundary, Integer> numbers = new HashMap<>();

    private record Boundary(int mode, List<Integer> obligations) {}

    /** The boundaries of a lexer's tokens. */
    public Boundaries(LexerTable lexer) {
        this.lexer = lexer;
        int unused = number(0, IntStream.empty());
    }

    private int number(int mode, IntStream obligations) {
        Boundary boundary =
                new Boundary(mode, obligations.sorted().distinct().boxed().toList());
        return numbers.computeIfAbsent(boundary, none -> {
            known.add(boundary);
            return known.size() - 1;
        });
    }

    /** The lexer's mode at a boundary. */
    int mode(int boundary) {
        return known.get(boundary).mode;
    }

    /** The boundary of the same mode that forbids nothing. */
    public int free(int boundary) {
        return isFree(boundary) ? boundary : number(mode(boundary), IntStream.empty());
    }

    /** Whether the whole text may end at a boundary. */
    public boolean mayEnd(int boundary) {
        return obligations(boundary).allMatch(lexer::isKeptByEnd);
    }

    /** The boundary of a mode that forbids nothing. */
    int of(int mode) {
        return number(mode, IntStream.empty());
    }

    private boolean isFree(int boundary) {
        return known.get(boundary).obligations.isEmpty();
    }

    /** What a boundary still forbids after a byte; {@link #BROKEN} if the byte is forbidden. */
    int after(int boundary, int range) {
        if (isFree(boundary)) {
            return boundary;
        }
        int[] kept = obligations(boundary)
                .map(obligation -> lexer.kept(obligation, range))
                .toArray();
        return Arrays.stream(kept).anyMatch(obligation -> obligation == LexerTable.BROKEN)
                ? BROKEN
                : number(mode(boundary), Arrays.stream(kept).filter(obligation -> obligation != LexerTable.FREE));
    }

    /** The boundary at the end of a token that ends in a state, where an older one still forbids something. */
    int join(int boundary, int state, int mode) {
        int obligation = lexer.obligation(state);
        IntStream added = obligation == LexerTable.FREE ? IntStream.empty() : IntStream.of(obligation);
        return number(mode, IntStream.concat(obligations(boundary), added));
    }

    private IntStream obligations(int boundary) {
        return known.get(boundary).obligations.stream().mapToInt(Integer::intValue);
    }
}
