// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stack;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.BudgetView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.AllotmentSpentException;
import dev.espalier.core.collect.Memo;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.Reading;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.frame.ResidualWalk;
import dev.espalier.mask.frame.StepClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * A quick upper bound on {@link TokenReach}, put together frame by frame: the distance of a frame from its end, by how much a token may
 * increase it, and how far residual tokens lead. Far from the end of a budget it shows at once that every token fits. One thread.
 */
@FastPath(oracle = "CompletionTest")
final class ReachBound {

    private static final int MAX_GROWTHS = 8_192;
    private static final int MAX_READINGS = 8_192;

    /** The number of sets of stacks that may end at once above which no bound is sought. */
    private static final int MAX_ENDING = 64;

    /** How often the work allotted to a bound is halved at most. */
    private static final int MAX_HALVINGS = 6;

    private final LazyAutomaton automaton;
    private final Stepper stepper;
    private final TokenReach reach;
    private final TokenReach relaxedReach;
    private final ResidualWalk residualWalk;
    private final Function<State, FrameMask> frames;
    private final StepClock clock;
    private final Horizon tokens;
    private final Horizon lengths;
    private final Memo<State, Integer> relaxedReaches = new Memo<>(MAX_GROWTHS);
    private final Map<Reading, Integer> farthest = new HashMap<>();
    /** The number of bounds that were not found within their allotment: what failed is likely to fail again. */
    private int inVain;

    private boolean isSpent;

    ReachBound(
            LazyAutomaton automaton,
            Stepper stepper,
            TokenReach reach,
            TokenReach relaxedReach,
            ResidualWalk residualWalk,
            Function<State, FrameMask> frames,
            StepClock clock,
            Horizon tokens) {
        this.clock = clock;
        this.automaton = automaton;
        this.stepper = stepper;
        this.reach = reach;
        this.relaxedReach = relaxedReach;
        this.residualWalk = residualWalk;
        this.frames = frames;
        this.tokens = tokens;
        this.lengths = Horizon.of(tokens.bytes());
    }

    /** A bound on the distance to the end after any ordinary token that is allowed at a code. */
    int of(int code) {
        int known = automaton.bound(code);
        if (known < 0) {
            isSpent = false;
            clock.allotToBound(Math.min(inVain, MAX_HALVINGS));
            try {
                known = find(automaton.set(code));
            } catch (AllotmentSpentException spent) {
                known = FrameMask.UNBOUNDED;
                isSpent = true;
            } finally {
                inVain += isSpent ? 1 : 0;
                clock.endAllotment();
            }
            automaton.rememberBound(code, known);
        }
        return known;
    }

    /** Drops the cached distances once there are many. */
    void trim() {
        if (farthest.size() > MAX_READINGS) {
            farthest.clear();
            relaxedReaches.clear();
        }
    }

    private int find(StackSet set) {
        if (set.reachesPacked()) {
            return FrameMask.UNBOUNDED; // level by level there may be very many sets
        }
        List<StackSet> pending = new ArrayList<>();
        pending.add(set);
        Set<StackSet> seen = new HashSet<>();
        long most = 0;
        while (!pending.isEmpty() && most < FrameMask.UNBOUNDED) {
            StackSet next = pending.remove(pending.size() - 1);
            if (seen.size() > MAX_ENDING) {
                return FrameMask.UNBOUNDED;
            }
            if (seen.add(next)) {
                for (int i = 0; i < next.size(); i++) {
                    most = Math.max(most, of(next.top(i), next.below(i), pending));
                }
            }
        }
        return (int) Math.min(most, FrameMask.UNBOUNDED);
    }

    private long of(State top, StackSet below, List<StackSet> pending) {
        FrameMask frame = frames.apply(top);
        int result = top.goal().length == 1 ? top.goal()[0] : -1;
        int farthest = result < 0 ? FrameMask.UNBOUNDED : farthest(frame, top, result);
        if (farthest == FrameMask.UNBOUNDED) {
            return FrameMask.UNBOUNDED;
        }
        long most = (long) farthest + distanceBelow(below, result);
        for (Residual residual : frame.residuals()) {
            most = Math.max(most, farthest(residual, stepper.resume(below, residual.result())));
        }
        for (int end : frame.endsBefore()) {
            StackSet after = stepper.resume(below, end);
            if (after.size() > 0) {
                pending.add(after);
            }
        }
        return most;
    }

    /** A bound on the distance of the frame on top from its end after an accepted token. */
    private int farthest(FrameMask frame, State top, int result) {
        BudgetView view = top.budgetView();
        int known = view == null ? -1 : view.farthest(tokens);
        if (known >= 0) {
            return known;
        }
        State far = top.within(lengths);
        State near = top.within(tokens);
        if (far.equals(near) && near.equals(near.key(tokens))) {
            return after(top, result, growth(frame, far));
        }
        int most = relaxedReach(BudgetView.relaxed(far), result);
        if (most == FrameMask.UNBOUNDED || far.equals(top)) {
            return most;
        }
        // what is far from a bound has another distance there, but it grows alike
        return after(top, result, most - BudgetView.relaxed(far).distance(result));
    }

    private static int after(State top, int result, int growth) {
        long after = growth == FrameMask.UNBOUNDED ? growth : (long) top.distance(result) + growth;
        return after >= FrameMask.UNBOUNDED ? FrameMask.UNBOUNDED : (int) after;
    }

    /** The growth of a frame's distance, cached with the mask if all states that share the mask grow alike. */
    private int growth(FrameMask frame, State far) {
        if (!frame.growthIsKnown()) {
            frame.setGrowth(found(() -> reach.growth(far)));
        }
        return frame.growth();
    }

    /** The result of a walk; unbounded if it exceeds its allotment. */
    private int found(IntSupplier walk) {
        try {
            return walk.getAsInt();
        } catch (AllotmentSpentException spent) {
            isSpent = true;
            return FrameMask.UNBOUNDED;
        }
    }

    /**
     * A bound on the distance of a state from its end after an accepted token, from its relaxation, which forgets used keys and items.
     * There are few relaxed states, and {@link BudgetView#relaxed} bounds how much further away the end may be.
     */
    private int relaxedReach(State relaxed, int result) {
        if (relaxed.goal().length != 1 || relaxed.goal()[0] != result) {
            return FrameMask.UNBOUNDED;
        }
        Integer known = relaxedReaches.get(relaxed);
        if (known == null) {
            known = found(() -> relaxedReach.greatestAfter(relaxed));
            relaxedReaches.put(relaxed, known);
        }
        return known >= Integer.MAX_VALUE / 2 - 8 ? FrameMask.UNBOUNDED : 2 * known + 8;
    }

    private int distanceBelow(StackSet below, int result) {
        if (below.isBottom()) {
            return 0;
        }
        int after = automaton.of(stepper.resume(below, result));
        return after == LazyAutomaton.DEAD ? FrameMask.UNBOUNDED : automaton.distance(after);
    }

    private int farthest(Residual residual, StackSet from) {
        Reading reading = new Reading(residual, from);
        Integer known = farthest.get(reading);
        if (known == null) {
            known = found(() -> residualWalk.farthest(residual, from));
            farthest.put(reading, known);
        }
        return known;
    }
}
