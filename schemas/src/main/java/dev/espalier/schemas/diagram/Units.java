// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.diagram;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The unit literals of a diagram (atoms with one satisfying value), and the cofactor without them. Equal diagrams have equal parts, and
 * {@code rest} has no unit literals.
 *
 * @param wanted atoms that must come true
 * @param barred atoms that must stay false
 * @param rest a diagram over other atoms
 */
public record Units(AtomSet wanted, AtomSet barred, int rest) {

    private static final BitSet NOTHING = new BitSet(0);

    /** The atoms of a node that are true, and false, on every path to a live end. */
    private record Forced(BitSet yes, BitSet no) {
        static final Forced NONE = new Forced(NOTHING, NOTHING);

        Forced and(Forced other) {
            boolean nothing = (yes.isEmpty() || other.yes.isEmpty()) && (no.isEmpty() || other.no.isEmpty());
            return nothing ? NONE : new Forced(both(yes, other.yes), both(no, other.no));
        }

        private static BitSet both(BitSet one, BitSet two) {
            if (one.isEmpty() || two.isEmpty()) {
                return NOTHING;
            }
            BitSet both = (BitSet) one.clone();
            both.and(two);
            return both;
        }

        Forced with(int atom, boolean value) {
            return value ? new Forced(plus(yes, atom), no) : new Forced(yes, plus(no, atom));
        }

        private static BitSet plus(BitSet set, int atom) {
            BitSet more = (BitSet) set.clone();
            more.set(atom);
            return more;
        }
    }

    /** The unit literals and the rest of a diagram. Cost: its nodes, times the literals that they share. */
    static Units of(Diagrams diagrams, int diagram) {
        BitSet wanted = new BitSet();
        BitSet barred = new BitSet();
        int at = diagram;
        while (at >= 0) {
            if (diagrams.branch(at, false) == Diagrams.DEAD) {
                wanted.set(diagrams.top(at));
                at = diagrams.branch(at, true);
            } else if (diagrams.branch(at, true) == Diagrams.DEAD) {
                barred.set(diagrams.top(at));
                at = diagrams.branch(at, false);
            } else {
                break;
            }
        }
        if (at >= 0 && mayForce(diagrams, at)) {
            Forced forced = forced(diagrams, at);
            if (!forced.yes.isEmpty() || !forced.no.isEmpty()) {
                at = diagrams.restrictAll(at, forced.yes, forced.no);
                wanted.or(forced.yes);
                barred.or(forced.no);
            }
        }
        return new Units(AtomSet.of(wanted), AtomSet.of(barred), at);
    }

    /**
     * A quick filter: false only if the diagram has no unit literal. A unit has one value on every path to a live end, so also on the
     * path that takes "false" wherever it can, and on the one that takes "true".
     */
    private static boolean mayForce(Diagrams diagrams, int diagram) {
        BitSet yes = new BitSet();
        BitSet no = new BitSet();
        for (int at = diagram; at >= 0; ) {
            boolean value = diagrams.branch(at, false) == Diagrams.DEAD;
            (value ? yes : no).set(diagrams.top(at));
            at = diagrams.branch(at, value);
        }
        for (int at = diagram; at >= 0; ) {
            boolean value = diagrams.branch(at, true) != Diagrams.DEAD;
            if ((value ? yes : no).get(diagrams.top(at))) {
                return true;
            }
            at = diagrams.branch(at, value);
        }
        return false;
    }

    private static Forced forced(Diagrams diagrams, int diagram) {
        int[] nodes = diagrams.nodesBefore(diagram, Integer.MAX_VALUE);
        Forced[] known = new Forced[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            diagrams.tick();
            int low = diagrams.branch(nodes[i], false);
            int high = diagrams.branch(nodes[i], true);
            int atom = diagrams.top(nodes[i]);
            Forced ifFalse = low < 0 ? Forced.NONE : known[Arrays.binarySearch(nodes, low)];
            Forced ifTrue = high < 0 ? Forced.NONE : known[Arrays.binarySearch(nodes, high)];
            known[i] = low == Diagrams.DEAD
                    ? ifTrue.with(atom, true)
                    : high == Diagrams.DEAD ? ifFalse.with(atom, false) : ifFalse.and(ifTrue);
        }
        return known[nodes.length - 1];
    }
}
