// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.atom;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.diagram.Diagrams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An irredundant cover of a diagram (sum of products): a union of conjunctions, none of which can be left out or shortened. A schema
 * that is a union of conjunctions comes back as just those.
 *
 * <p>Source: Minato, "Fast generation of prime-irredundant covers from binary decision diagrams" (1993).
 */
@FastPath(oracle = "CoverTest")
public final class Cover {

    /** Nodes that may be made for each conjunction. */
    private static final int NODES = 64;

    private final Algebra algebra;
    private final Diagrams diagrams;
    private final int most;
    private final Map<Interval, Part> known = new HashMap<>();
    private int steps;

    /** The truth that must be covered, and the truth that the cover must stay within. */
    private record Interval(int lower, int upper) {}

    /** Conjunctions, and their disjunction; none if there are too many. */
    private record Part(List<Integer> conjunctions, int truth) {}

    private static final Part TOO_MANY = new Part(List.of(), Diagrams.DEAD);

    private Cover(Algebra algebra, int most) {
        this.algebra = algebra;
        this.diagrams = algebra.diagrams();
        this.most = most;
    }

    /**
     * The conjunctions of a diagram, each a diagram that has the result that the whole has.
     *
     * @return nothing if there would be more than {@code most}, or if finding them takes too many nodes
     */
    public static List<Integer> of(Algebra algebra, int diagram, int most) {
        List<Integer> all = new ArrayList<>();
        int done = algebra.diagrams().within(NODES * most, () -> new Cover(algebra, most).addTo(all, diagram));
        return done == Diagrams.UNKNOWN ? List.of() : all;
    }

    /** Adds the conjunctions, none if there are too many. */
    private int addTo(List<Integer> all, int diagram) {
        for (int end : diagrams.ends(diagram)) {
            int truth = diagrams.mapEnds(diagram, other -> other == end ? Diagrams.ZERO : Diagrams.DEAD);
            Part part = between(truth, truth);
            if (part == TOO_MANY || all.size() + part.conjunctions.size() > most) {
                return Diagrams.UNKNOWN;
            }
            part.conjunctions.forEach(conjunction -> all.add(diagrams.choose(conjunction, end, Diagrams.DEAD)));
        }
        return Diagrams.ZERO;
    }

    private Part between(int lower, int upper) {
        if (lower == Diagrams.DEAD) {
            return new Part(List.of(), Diagrams.DEAD);
        }
        if (upper == Diagrams.ZERO) {
            return new Part(List.of(Diagrams.ZERO), Diagrams.ZERO);
        }
        Interval interval = new Interval(lower, upper);
        Part part = known.get(interval);
        if (part == null) {
            algebra.deadline().tick();
            part = ++steps > 64 * most ? TOO_MANY : algebra.recursion().call(() -> split(lower, upper));
            known.put(interval, part);
        }
        return part;
    }

    private Part split(int lower, int upper) {
        int first = Math.min(diagrams.top(lower), diagrams.top(upper));
        int lowerNo = diagrams.restrict(lower, first, false);
        int lowerYes = diagrams.restrict(lower, first, true);
        int upperNo = diagrams.restrict(upper, first, false);
        int upperYes = diagrams.restrict(upper, first, true);
        Part no = between(diagrams.and(lowerNo, diagrams.not(upperYes)), upperNo);
        Part yes = no == TOO_MANY ? no : between(diagrams.and(lowerYes, diagrams.not(upperNo)), upperYes);
        if (yes == TOO_MANY) {
            return TOO_MANY;
        }
        int left = diagrams.or(
                diagrams.and(lowerNo, diagrams.not(no.truth)), diagrams.and(lowerYes, diagrams.not(yes.truth)));
        Part either = between(left, diagrams.and(upperNo, upperYes));
        if (either == TOO_MANY
                || no.conjunctions.size() + yes.conjunctions.size() + either.conjunctions.size() > most) {
            return TOO_MANY;
        }
        List<Integer> all = new ArrayList<>(either.conjunctions);
        no.conjunctions.forEach(rest -> all.add(diagrams.node(first, rest, Diagrams.DEAD)));
        yes.conjunctions.forEach(rest -> all.add(diagrams.node(first, Diagrams.DEAD, rest)));
        int truth = diagrams.or(either.truth, diagrams.node(first, no.truth, yes.truth));
        return new Part(all, truth);
    }
}
