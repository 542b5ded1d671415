// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.lexer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The boundaries between tokens, by the lexer's mode and what tokens before them forbid of the text behind: sets of obligations, numbered as they are met. Where tokens
 * look at what stands before them, that is part of the boundary. Used by one thread.
 */
public final class Boundaries {

    /** The boundary at the beginning of a text: the first mode, nothing is forbidden. */
    public static final int BEGINNING = 0;

    /** No boundary: the text is what was forbidden. */
    static final int BROKEN = -1;

    private final LexerTable lexer;
    private final List<Boundary> known = new ArrayList<>();
    /** By boundary, by range of bytes, what it still forbids; {@link #UNKNOWN} before it was asked for. */
    private final List<int[]> after = new ArrayList<>();

    private final List<Integer> free = new ArrayList<>();
    private final Map<Boundary, Integer> numbers = new HashMap<>();

    /**
     * A boundary.
     *
     * @param before what stands before it, as far as tokens look at that
     * @param forbidden kinds of tokens that may not come next, those that are skipped aside
     * @param line within a newline token, behind a line end of it: the state of the lexer; {@link #WHOLE} between tokens
     * @param kind the kind of that token
     * @param next the mode behind that token; {@link #OWN} if it is as the token says
     * @param role of a boundary within a newline token
     */
    private record Boundary(
            int mode,
            int before,
            List<Integer> obligations,
            BitSet forbidden,
            int line,
            int kind,
            int next,
            Role role) {

        Boundary forbidding(BitSet kinds) {
            return new Boundary(mode, before, obligations, kinds, line, kind, next, role);
        }

        Boundary with(int mode, Role other) {
            return new Boundary(this.mode, before, obligations, forbidden, line, kind, mode, other);
        }
    }

    /** What may follow where the indentation of a line has not been read. */
    private enum Role {
        /** The boundary is between tokens. */
        NONE,
        /** The indentation of the same block, of one around it, or of a new one. */
        OPEN,
        /** The indentation of the same block or of one around it. */
        CLOSED,
        /** The indentation of a new block. */
        DEEPER,
        /** The end of the text alone, where the boundary is the last one. */
        END
    }

    private static final BitSet NONE = new BitSet();
    private static final int UNKNOWN = -2;
    private static final int WHOLE = -1;
    private static final int OWN = -1;
    private static final int[] UNREAD = {};

    /** The boundaries of a lexer's tokens. */
    public Boundaries(LexerTable lexer) {
        this.lexer = lexer;
        int unused = number(0, 0, IntStream.empty());
    }

    private int number(int mode, int before, IntStream obligations) {
        return number(mode, before, obligations, NONE);
    }

    private int number(int mode, int before, IntStream obligations, BitSet forbidden) {
        return number(new Boundary(
                mode,
                before,
                obligations.sorted().distinct().boxed().toList(),
                forbidden,
                WHOLE,
                WHOLE,
                OWN,
                Role.NONE));
    }

    private int number(Boundary boundary) {
        return numbers.computeIfAbsent(boundary, none -> {
            known.add(boundary);
            after.add(UNREAD);
            free.add(UNKNOWN);
            return known.size() - 1;
        });
    }

    /** The lexer's mode at a boundary. */
    int mode(int boundary) {
        return known.get(boundary).mode;
    }

    /** The boundary of the same mode that forbids nothing. */
    public int free(int boundary) {
        if (free.get(boundary) == UNKNOWN) {
            free.set(
                    boundary,
                    isFree(boundary) ? boundary : number(mode(boundary), before(boundary), IntStream.empty()));
        }
        return free.get(boundary);
    }

    /** Whether boundaries differ in what stands before them. */
    public boolean looksBehind() {
        return lexer.looksBehind();
    }

    private int before(int boundary) {
        return known.get(boundary).before;
    }

    /** The state of the lexer that has read nothing behind a boundary. */
    int start(int boundary) {
        return lexer.start(mode(boundary), before(boundary));
    }

    /** Whether the whole text may end at a boundary. */
    public boolean mayEnd(int boundary) {
        return obligations(boundary).allMatch(lexer::isKeptByEnd);
    }

    /** The boundary of a mode that forbids nothing, behind which no token looks back. */
    int of(int mode) {
        return number(mode, 0, IntStream.empty());
    }

    /** Whether a boundary is between tokens, with more to come. */
    public boolean isPlain(int boundary) {
        return known.get(boundary).role == Role.NONE;
    }

    /** Whether a boundary is within a newline token, and the indentation behind it may be that of the same block. */
    public boolean isLine(int boundary) {
        Role role = known.get(boundary).role;
        return role == Role.OPEN || role == Role.CLOSED;
    }

    /** Whether a boundary is within a newline token, and the indentation behind it may be that of a new block. */
    public boolean mayOpen(int boundary) {
        Role role = known.get(boundary).role;
        return role == Role.OPEN || role == Role.DEEPER;
    }

    /** The boundary at the end of a text whose blocks are still open. */
    public int end() {
        return number(new Boundary(0, 0, List.of(), NONE, WHOLE, WHOLE, OWN, Role.END));
    }

    /** The boundary within a newline token, which is in a state of the lexer behind the end of a line. */
    int line(int boundary, int state, int kind) {
        return number(new Boundary(
                mode(boundary), before(boundary), known.get(boundary).obligations, NONE, state, kind, OWN, Role.OPEN));
    }

    /** The same boundary within a newline token, where no block can begin. */
    public int line(int boundary) {
        return number(known.get(boundary).with(known.get(boundary).next, Role.CLOSED));
    }

    /** The same boundary within a newline token behind the beginning or end of a block, where none can begin, and with another mode behind the token. */
    public int closed(int boundary, int mode) {
        return number(known.get(boundary).with(mode, Role.CLOSED).forbidding(NONE));
    }

    /** The same boundary within a newline token, where only a block can begin. */
    public int deeper(int boundary) {
        return number(known.get(boundary).with(OWN, Role.DEEPER));
    }

    /** The same boundary, as if it were between tokens: mode and obligations. */
    int whole(int boundary) {
        Boundary line = known.get(boundary);
        return isPlain(boundary)
                ? boundary
                : number(new Boundary(
                        line.mode, line.before, line.obligations, line.forbidden, WHOLE, WHOLE, OWN, Role.NONE));
    }

    /** The state of the lexer within a newline token. */
    int lineState(int boundary) {
        return known.get(boundary).line;
    }

    /** The kind of a newline token that a boundary is within. */
    int lineKind(int boundary) {
        return known.get(boundary).kind;
    }

    /** The mode behind a newline token that a boundary is within. */
    int modeBehind(int boundary, int own) {
        return known.get(boundary).next == OWN ? own : known.get(boundary).next;
    }

    private boolean isFree(int boundary) {
        return known.get(boundary).obligations.isEmpty()
                && known.get(boundary).forbidden.isEmpty();
    }

    /** The boundary at which some kinds of tokens may not come next. */
    public int without(int boundary, BitSet kinds) {
        BitSet all = (BitSet) known.get(boundary).forbidden.clone();
        all.or(kinds);
        return number(known.get(boundary).forbidding(all));
    }

    /** The boundary at which any token may come next, as far as the lexer has it. */
    int withAll(int boundary) {
        return known.get(boundary).forbidden.isEmpty()
                ? boundary
                : number(known.get(boundary).forbidding(NONE));
    }

    /** Whether a kind of tokens may not come next. */
    boolean isForbidden(int boundary, int kind) {
        return known.get(boundary).forbidden.get(kind);
    }

    /** What a boundary still forbids after a byte; {@link #BROKEN} if the byte is forbidden. */
    int after(int boundary, int range) {
        int[] known = after.get(boundary);
        if (known == UNREAD) {
            known = new int[lexer.ranges()];
            Arrays.fill(known, UNKNOWN);
            after.set(boundary, known);
        }
        if (known[range] == UNKNOWN) {
            known[range] = kept(boundary, range);
        }
        return known[range];
    }

    private int kept(int boundary, int range) {
        int before = lexer.before(before(boundary), range);
        if (isFree(boundary) && before == before(boundary)) {
            return boundary;
        }
        int[] kept = obligations(boundary)
                .map(obligation -> lexer.kept(obligation, range))
                .toArray();
        return Arrays.stream(kept).anyMatch(obligation -> obligation == LexerTable.BROKEN)
                ? BROKEN
                : number(
                        mode(boundary),
                        before,
                        Arrays.stream(kept).filter(obligation -> obligation != LexerTable.FREE),
                        known.get(boundary).forbidden);
    }

    /** The boundary at the end of a token, where an older one still forbids something. */
    int join(int boundary, LexerTable.Ending ending, int mode) {
        IntStream added =
                ending.obligation() == LexerTable.FREE ? IntStream.empty() : IntStream.of(ending.obligation());
        return number(
                mode, before(boundary), IntStream.concat(obligations(boundary), added), known.get(boundary).forbidden);
    }

    private IntStream obligations(int boundary) {
        return known.get(boundary).obligations.stream().mapToInt(Integer::intValue);
    }
}
