// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stack;

import dev.espalier.automata.stack.StackInterner;
import dev.espalier.automata.stack.StackSegment;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.Reading;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.frame.ResidualWalk;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.token.TokenSet;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.mask.walk.CalleeMasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Resolver of residuals (context-dependent tokens): which of them can be read from the stacks below the frame that left them over.
 * Stacks of rules are read upper part by upper part ({@link SegmentMasks}), others frame by frame or by a walk. One thread.
 */
@FastPath(oracle = "SegmentMasksTest")
final class ResidualMasks {

    /** Readings between two looks at the clock, less one. */
    private static final int POLL = 255;

    /** The greatest depth of readings that depend on one another. Deeper ones are left to other classes. */
    private static final int MAX_LEVELS = 64;

    private final SegmentMasks segments;
    private final CalleeMasks callees;
    private final Horizon horizon;
    private final ResidualWalk walk;
    private final StepClock clock;
    private final Stepper stepper;
    private final StackInterner interner;
    private final int segmentSets;
    private final TokenSet union;
    private final Map<Reading, TokenMask> readings = new HashMap<>();
    /** Masks of single frames for residuals. */
    private final Map<Framed, FrameMask> frames = new HashMap<>();

    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private int kept;
    private long visited;
    private long bytes;

    /** A residual with the key of the state that reads it. */
    private record Framed(Residual residual, Object key) {}

    /** An unfinished reading: the parts found so far, and the readings below that it needs. */
    private static final class Pending {
        final Reading reading;
        final List<TokenMask> parts = new ArrayList<>();
        final List<Reading> below = new ArrayList<>();

        Pending(Reading reading) {
            this.reading = reading;
        }

        void add(TokenMask part) {
            if (!part.isEmpty() && !parts.contains(part)) {
                parts.add(part);
            }
        }
    }

    ResidualMasks(
            Vocabulary vocabulary,
            SegmentMasks segments,
            CalleeMasks callees,
            ResidualWalk walk,
            StepClock clock,
            Stepper stepper,
            StackInterner interner,
            TokenSet union,
            Tuning tuning) {
        this.segments = segments;
        this.callees = callees;
        this.horizon = vocabulary.index().horizon();
        this.walk = walk;
        this.clock = clock;
        this.stepper = stepper;
        this.interner = interner;
        this.segmentSets = tuning.segmentSets();
        this.union = union;
    }

    /** The tokens of a residual that can be read from a set of stacks; null if that depends on too many levels below. */
    @Nullable
    TokenMask of(Residual residual, StackSet from) {
        visited = 0;
        pending.clear(); // what a deadline left
        Reading wanted = new Reading(residual, from);
        TokenMask mask = knownOrBegun(wanted);
        while (mask == null) {
            if (pending.size() > MAX_LEVELS) {
                return null;
            }
            Pending last = pending.getLast();
            if (last.below.isEmpty()) {
                pending.removeLast();
                TokenMask made = join(last.parts);
                keep(last.reading, made);
                mask = pending.isEmpty() ? made : null;
            } else {
                TokenMask part = knownOrBegun(last.below.get(last.below.size() - 1));
                if (part != null) {
                    last.below.remove(last.below.size() - 1);
                    last.add(part);
                }
            }
        }
        return mask;
    }

    private void keep(Reading reading, TokenMask mask) {
        readings.put(reading, mask);
        bytes += 200;
        if ((++kept & POLL) == 0) {
            clock.poll();
        }
    }

    /**
     * The mask of a reading, if it is known or needs no reading below; otherwise null, and the reading is pushed on the pending ones.
     */
    private @Nullable TokenMask knownOrBegun(Reading reading) {
        TokenMask known = readings.get(reading);
        if (known != null) {
            return known;
        }
        Residual residual = reading.residual();
        StackSegment segment = StackSegment.of(reading.from(), segmentSets, interner);
        if (segment == null && isOfOneFrame(reading)) {
            return readFrame(reading);
        } else if (segment == null) {
            union.clear();
            visited += walk.read(residual, reading.from(), union);
            TokenMask mask = union.toMask();
            bytes += mask.bytes();
            keep(reading, mask);
            return mask;
        }
        FrameMask upper = segments.of(residual, segment.upper());
        return madeOrBegun(reading, upper, cut -> stepper.resume(segment.below(cut), 0));
    }

    /** The mask of a reading, if its upper part leaves nothing over; otherwise null, and the readings below are pending. */
    private @Nullable TokenMask madeOrBegun(Reading reading, FrameMask upper, IntFunction<StackSet> after) {
        if (upper.residuals().isEmpty() && upper.endsBefore().length == 0) {
            keep(reading, upper.accepted());
            return upper.accepted();
        }
        Pending next = new Pending(reading);
        next.add(upper.accepted());
        for (Residual left : upper.residuals()) {
            add(left, after.apply(left.result()), next.below);
        }
        for (int result : upper.endsBefore()) {
            add(reading.residual(), after.apply(result), next.below);
        }
        pending.addLast(next);
        return null;
    }

    /** True if a single state reads, above a single caller, and the residual is a whole trie. */
    private static boolean isOfOneFrame(Reading reading) {
        StackSet from = reading.from();
        return reading.residual().nodes() == null
                && from.size() == 1
                && !from.isBottom()
                && from.below(0).size() == 1;
    }

    /** The mask of a reading by a single frame, whose part is computed once for all states with the same key. */
    private @Nullable TokenMask readFrame(Reading reading) {
        Residual residual = reading.residual();
        StackSet below = reading.from().below(0);
        return madeOrBegun(reading, frame(residual, reading.from().top(0)), result -> stepper.resume(below, result));
    }

    private FrameMask frame(Residual residual, State top) {
        State far = top.within(horizon);
        Framed own = new Framed(residual, far.key(horizon));
        FrameMask frame = frames.get(own);
        if (frame == null) {
            frame = callees.outside(residual, StackSet.of(far));
            visited += frame.nodes();
            frames.put(own, frame);
            bytes += 200 + frame.bytes();
        }
        return frame;
    }

    /** The mask of the frame of a state for a residual; null if it can only be read together with the stacks below. */
    @Nullable
    FrameMask ofFrame(Residual residual, State state) {
        if (Arrays.equals(state.goal(), State.RESULT_ZERO)) {
            return segments.of(residual, StackSegment.alone(state.within(horizon), interner));
        }
        return residual.nodes() == null ? frame(residual, state) : null;
    }

    private static void add(Residual residual, StackSet from, List<Reading> readings) {
        if (from.size() > 0) {
            readings.add(new Reading(residual, from));
        }
    }

    private TokenMask join(List<TokenMask> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        union.clear();
        parts.forEach(union::addAll);
        TokenMask mask = union.toMask();
        bytes += mask.bytes();
        return mask;
    }

    /** The number of nodes that the last {@link #of} visited for sets that are not of rules. */
    long visited() {
        return visited;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return bytes;
    }

    /** Forgets everything if it takes more than the given bytes. */
    void trim(long maxBytes) {
        if (bytes > maxBytes) {
            readings.clear();
            frames.clear();
            bytes = 0;
        }
    }
}
