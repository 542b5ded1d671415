// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stack;

import dev.espalier.automata.stack.StackInterner;
import dev.espalier.automata.stack.StackSegment;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.token.TokenMask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Masks of sets of stacks, put together level by level: the masks of the top states, their residuals read from the stacks below, and
 * the masks of what follows frames that may end at once. The part of each level is cached for the sets of the next steps.
 * {@link PackedMasks} is for sets with very many levels. One thread.
 */
@FastPath(oracle = "MatcherOracleTest")
final class LevelMasks {

    /** The number of sets of stacks that may end at once up to which masks are put together set by set. */
    private static final int MAX_ENDING = 64;

    private final Function<State, FrameMask> frames;
    private final SegmentMasks segments;
    private final int segmentSets;
    private final StackInterner interner;
    private final ResidualMasks residuals;
    private final Stepper stepper;
    private long residualNodes;

    LevelMasks(
            Function<State, FrameMask> frames,
            SegmentMasks segments,
            int segmentSets,
            StackInterner interner,
            ResidualMasks residuals,
            Stepper stepper) {
        this.frames = frames;
        this.segments = segments;
        this.segmentSets = segmentSets;
        this.interner = interner;
        this.residuals = residuals;
        this.stepper = stepper;
    }

    /** A residual of a frame, to be read from the stacks below it. */
    private record Left(Residual residual, StackSet below, int result) {}

    /**
     * Adds the masks of all top states, of their residuals read below, and of what follows those that may end at once.
     *
     * @return false where that is put together from too many sets; some parts may have been added
     */
    boolean add(StackSet set, List<TokenMask> parts) {
        residualNodes = 0;
        List<StackSet> pending = new ArrayList<>();
        List<Left> left = new ArrayList<>();
        pending.add(set);
        Set<StackSet> seen = new HashSet<>();
        while (!pending.isEmpty()) {
            StackSet next = pending.remove(pending.size() - 1);
            if (!seen.add(next)) {
                continue;
            }
            if (seen.size() > MAX_ENDING) {
                return false;
            }
            StackSegment segment = StackSegment.of(next, segmentSets, interner);
            if (segment != null) {
                addSegment(segment, parts, left, pending);
            } else {
                addTops(next, parts, left, pending);
            }
        }
        for (Left one : left) {
            TokenMask read = residuals.of(one.residual, stepper.resume(one.below, one.result));
            residualNodes += residuals.visited() + segments.takeVisited();
            if (read == null) {
                return false;
            }
            addPart(read, parts);
        }
        return true;
    }

    private void addTops(StackSet set, List<TokenMask> parts, List<Left> left, List<StackSet> pending) {
        for (int i = 0; i < set.size(); i++) {
            FrameMask frame = frames.apply(set.top(i));
            addPart(frame.accepted(), parts);
            StackSet below = set.below(i);
            for (Residual residual : frame.residuals()) {
                addLeft(residual, below, residual.result(), left);
            }
            for (int result : frame.endsBefore()) {
                addAfter(below, result, pending);
            }
        }
    }

    private void addSegment(StackSegment segment, List<TokenMask> parts, List<Left> left, List<StackSet> pending) {
        FrameMask upper = segments.of(segment.upper());
        residualNodes += segments.takeVisited();
        addPart(upper.accepted(), parts);
        for (Residual residual : upper.residuals()) {
            addLeft(residual, segment.below(residual.result()), 0, left);
        }
        for (int cut : upper.endsBefore()) {
            addAfter(segment.below(cut), 0, pending);
        }
    }

    private static void addLeft(Residual residual, StackSet below, int result, List<Left> left) {
        if (below.hasStates()) {
            left.add(new Left(residual, below, result));
        }
    }

    /** Adds a part, unless it has no tokens or is among the parts already. */
    static void addPart(TokenMask part, List<TokenMask> parts) {
        if (!part.isEmpty() && !parts.contains(part)) {
            parts.add(part);
        }
    }

    private void addAfter(StackSet below, int result, List<StackSet> pending) {
        StackSet after = stepper.resume(below, result);
        if (after.size() > 0) {
            pending.add(after);
        }
    }

    /** The number of nodes visited for residuals of the last mask. */
    long residualNodes() {
        return residualNodes;
    }
}
