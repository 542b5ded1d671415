// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.collect.Memo;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.index.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A proof that all plain text is live in a state, by a walk over its product with the UTF-8 automaton. If it holds, the proof also
 * tells whether all plain text leads to one state, so that what follows it can be judged once for all tokens.
 *
 * <p>Counters far from their bounds are represented by {@link State#within}, which is exact for what tokens can
 * read. Cost: a few hundred steps; refused at once by states in which some plain character is dead. One thread.
 */
@FastPath(oracle = "PlainTextFramesTest")
public final class PlainTextProof {

    private static final int MAX_PAIRS = 64;
    private static final int MAX_REMEMBERED = 4_096;

    private final LazyAutomaton automaton;
    private final @Nullable Horizon horizon;
    private final long[] pairs = new long[MAX_PAIRS];
    private int size;
    private boolean startSeenAgain;
    private boolean endsInside;
    private final Memo<Integer, Boolean> settled = new Memo<>(MAX_REMEMBERED);
    private int generation;

    /**
     * A proof over an automaton.
     *
     * @param horizon states that its texts cannot distinguish count as one; null to distinguish all states of the automaton
     */
    public PlainTextProof(LazyAutomaton automaton, @Nullable Horizon horizon) {
        this.automaton = automaton;
        this.horizon = horizon;
    }

    /** True if every plain text is live from a code. */
    public boolean holds(int start) {
        size = 0;
        startSeenAgain = false;
        endsInside = false;
        pairs[size++] = (long) start << 8;
        for (int next = 0; next < size; next++) {
            if (!follow((int) (pairs[next] >>> 8), (int) (pairs[next] & 0xff), start)) {
                return false;
            }
        }
        return true;
    }

    private boolean follow(int code, int utf8, int start) {
        for (int symbol = 0x20; symbol < 0x100; symbol++) {
            int reading = Utf8.next(utf8, symbol);
            if (reading == Utf8.DEAD || (symbol < 0x80 && !Utf8.isPlain(symbol))) {
                continue;
            }
            int to = automaton.next(code, symbol);
            if (to == LazyAutomaton.DEAD) {
                return false;
            }
            endsInside |= (to & 1) != 0;
            if (reading == Utf8.START) {
                to = representative(to);
                startSeenAgain |= to == start;
            }
            if (!add((long) to << 8 | reading)) {
                return false;
            }
        }
        return true;
    }

    private boolean add(long pair) {
        for (int i = 0; i < size; i++) {
            if (pairs[i] == pair) {
                return true;
            }
        }
        if (size == MAX_PAIRS) {
            return false;
        }
        pairs[size++] = pair;
        return true;
    }

    /** The code of the representative of a single frame's state. */
    private int representative(int code) {
        StackSet set = automaton.set(code);
        if (horizon == null || set.size() != 1 || set.below(0).size() != 0) {
            return code;
        }
        State near = set.top(0).within(horizon);
        return near == set.top(0) ? code : automaton.of(StackSet.of(near));
    }

    /** After {@link #holds}: the greatest distance of a code that plain text leads to. */
    public int greatestDistance() {
        int greatest = 0;
        for (int i = 1; i < size; i++) {
            greatest = Math.max(greatest, automaton.distance((int) (pairs[i] >>> 8)));
        }
        return greatest;
    }

    /** True if all plain text of whole characters leads from a code back to it, and the frame cannot end inside. */
    public boolean isSettled(int code) {
        if (generation != automaton.generation()) {
            generation = automaton.generation();
            settled.clear();
        }
        return settled.get(code, this::findSettled);
    }

    /** As {@link #isSettled}, without caching the answer. */
    public boolean findSettled(int code) {
        if ((code & 1) != 0) {
            return false;
        }
        boolean staysOnce = automaton.next(code, '~') == code;
        return staysOnce && holds(code) && settled() == code;
    }

    /**
     * After {@link #holds}: the one code to which all plain text of at least one character leads, if the frame cannot end inside;
     * {@link LazyAutomaton#DEAD} if there is no such code.
     */
    public int settled() {
        long[] between = Arrays.stream(pairs, 0, size)
                .filter(pair -> (pair & 0xff) == Utf8.START)
                .toArray();
        if (endsInside || between.length > 2 || (between.length == 2 && startSeenAgain)) {
            return LazyAutomaton.DEAD;
        }
        return (int) (between[between.length - 1] >>> 8);
    }
}
