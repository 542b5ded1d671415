package dev.espalier.automata;

import java.util.ArrayList;
import java.util.List;

/**
 * Which bytes may be read once everything above a set of stacks has ended with result 0, remembered in the set. A byte that is
 * not among them is dead there, so that {@link Stepper} need not ask all that the end of a frame would lead back to: inside a
 * word, say, that many levels of operators lie below.
 */
final class FollowBytes {

    /** Nothing is known: every byte may follow. */
    private static final ByteSet ALL = new ByteSet(symbol -> true);

    /** Ends that lead to ends are followed so far down. */
    private static final int DEEPEST = 40;

    private FollowBytes() {}

    /** Whether a byte may be read; true also where that is not known. */
    static boolean contain(StackSet below, int symbol) {
        ByteSet known = below.followBytes;
        return (known == null ? of(below, DEEPEST) : known).contains(symbol);
    }

    private static ByteSet of(StackSet below, int depth) {
        ByteSet known = below.followBytes;
        if (known != null || depth == 0) {
            return known != null ? known : ALL;
        }
        ByteSet found = find(below, depth);
        below.followBytes = found;
        return found;
    }

    private static ByteSet find(StackSet below, int depth) {
        List<ByteSet> further = new ArrayList<>();
        for (int i = 0; i < below.tops.length; i++) {
            if (!(below.tops[i] instanceof RuleState)) {
                return ALL;
            }
            if (below.tops[i].results().length > 0) {
                further.add(of(below.belows[i], depth - 1));
            }
        }
        return new ByteSet(symbol -> reads(below, symbol) || isIn(further, symbol));
    }

    private static boolean isIn(List<ByteSet> sets, int symbol) {
        for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).contains(symbol)) {
                return true;
            }
        }
        return false;
    }

    private static boolean reads(StackSet below, int symbol) {
        for (State top : below.tops) {
            if (top.mayRead(symbol)) {
                return true;
            }
        }
        return false;
    }
}
