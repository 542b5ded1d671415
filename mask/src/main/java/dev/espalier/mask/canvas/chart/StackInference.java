// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.collect.PairMap;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.slot.FrameTable;
import dev.espalier.mask.canvas.slot.Lattice;
import dev.espalier.mask.canvas.slot.TokenSets;
import dev.espalier.mask.canvas.slot.TokenWalks;
import dev.espalier.mask.token.TokenMask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fast tier of canvas parsing: forward and backward sets of configurations at each boundary between slots. A configuration is a
 * state with the stack of return states below it. The forward set has those that some prefix leads to, the backward set those that some
 * rest accepts; both are exact. One thread.
 *
 * <p>Sets of stacks are nodes of a {@link StackDag}, so that the cost of a slot depends on the states and on what tokens do
 * to stacks, hardly on how many stacks there are. From right to left a symbol is put only upon what it was seen to lie upon
 * from left to right: without that the sets fill with stacks that no prefix builds (Büchi 1964 gives that such sets are
 * regular; that both directions are exact does not depend on the filter).
 *
 * <p>Everything is kept by number, from slot to slot and from canvas to canvas: configurations, {@linkplain SlotStep steps}
 * and what they give backwards.
 */
@FastPath(oracle = "CanvasOracleTest")
public final class StackInference {

    /** The number of the set of no configurations. */
    public static final int NONE = 0;

    private static final int[] NO_CONFIGURATIONS = {};
    private static final int BACK_BYTES = 60;

    private final TokenSets tokenSets;
    private final StackDag dag = new StackDag();
    private final SlotStepper stepper;
    private final IntArrayIndex configurations = new IntArrayIndex();

    /** (number of the walks, configurations before). */
    private final PairIndex stepIndex = new PairIndex();

    private final List<SlotStep> steps = new ArrayList<>();
    private final Map<TokenWalks, Integer> walkNumbers = new HashMap<>();

    /** (step, accepted configurations after it), for one version of what may lie upon what. */
    private PairIndex backIndex = new PairIndex();

    private final IntList backs = new IntList();
    private int backVersion;

    /** (step, accepted configurations after it). */
    private final PairIndex tokenIndex = new PairIndex();

    private final IntList tokenLists = new IntList();
    private final IntArrayIndex setLists = new IntArrayIndex();
    private final TokenSteps tokenSteps;
    private final PairMap intersections = new PairMap();
    private @Nullable Lattice last;
    private int[] lastAccepted = {};
    private final long maxBytes;
    private long stepBytes;

    /**
     * An inference that has seen no canvas.
     *
     * @param maxBytes what it may keep; past that it throws
     */
    public StackInference(FrameTable frames, TokenSets tokenSets, long maxBytes) {
        this.maxBytes = maxBytes;
        this.tokenSets = tokenSets;
        this.stepper = new SlotStepper(frames, dag);
        this.tokenSteps = new TokenSteps(tokenSets, dag, configurations);
        configurations.add(NO_CONFIGURATIONS);
    }

    /** True if it keeps more than it may. */
    public boolean isFull() {
        return bytes() > maxBytes;
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return dag.bytes()
                + configurations.bytes()
                + stepBytes
                + setLists.bytes()
                + stepper.bytes()
                + tokenSteps.bytes()
                + intersections.bytes()
                + (long) BACK_BYTES * (backs.size() + tokenLists.size());
    }

    /** Sets the budget that pays from now on. */
    public void charge(WorkBudget payer) {
        stepper.charge(payer);
    }

    /**
     * The tokens that each slot may hold.
     *
     * @param lattice the boundaries between the slots; none may lead back to itself
     * @param slots the walks over the tokens that each slot may hold
     * @param padding the first slot from which on all slots can be end tokens
     * @throws LimitExceededException when sets of stacks outgrow what may be kept: grammars so ambiguous are for {@link
     *     Tabulation}
     */
    public SlotMasks masks(int start, Lattice lattice, List<TokenWalks> slots, int padding, WorkBudget budget) {
        Sweep sweep = sweep(start, lattice, slots, padding, budget);
        boolean isCompletable = dag.hasBottom(SlotStepper.stacks(get(sweep.accepted[0]), start));
        List<TokenMask> masks = masks(lattice, sweep.lists, sweep.padded);
        return new SlotMasks(isCompletable, masks, sweep.absent(), steps.size());
    }

    /** Sweeps over a row of slots in both directions; parameters and errors as for {@link #masks}. */
    public Sweep sweep(int start, Lattice lattice, List<TokenWalks> slots, int padding, WorkBudget budget) {
        stepper.charge(budget);
        Sweep sweep = new Sweep(lattice, slots, budget);
        sweep.forward(start);
        sweep.backward(padding, last == null ? lattice.slots() : lattice.lastFixedSince(last));
        last = lattice;
        lastAccepted = sweep.accepted;
        return sweep;
    }

    /** The forward and backward sets at the boundaries of one row. */
    public final class Sweep {

        private final Lattice lattice;
        private final List<TokenWalks> slots;
        private final WorkBudget budget;
        private final int[] taken;
        private final int[] reached;
        private final int[] accepted;
        private final int[] lists;
        private int padded;
        private long before = bytes();

        Sweep(Lattice lattice, List<TokenWalks> slots, WorkBudget budget) {
            this.lattice = lattice;
            this.slots = slots;
            this.budget = budget;
            this.taken = new int[slots.size()];
            this.lists = new int[slots.size()];
            this.reached = new int[slots.size() + 1];
            this.accepted = new int[slots.size() + 1];
            this.padded = slots.size();
        }

        void forward(int start) {
            reached[0] = start(start);
            for (int slot = 0; slot < slots.size(); slot++) {
                taken[slot] = step(slots.get(slot), reached[slot]);
                reached[slot + 1] =
                        union(reached[slot + 1], steps.get(taken[slot]).after());
                int skip = lattice.skip(slot);
                if (skip != Lattice.NOWHERE) {
                    reached[skip] = union(reached[skip], reached[slot]);
                }
                before = pay(before, budget);
            }
        }

        /**
         * Sweeps from the end to the beginning. After the last slot fixed since the previous row, the accepted sets stay valid, though
         * prefixes may no longer lead to all of them.
         */
        void backward(int padding, int kept) {
            for (int boundary = slots.size(); boundary >= 0; boundary--) {
                int finished = NONE;
                if (boundary >= padding) {
                    finished = finished(reached[boundary]);
                    padded = finished == NONE ? padded : boundary;
                }
                if (boundary < slots.size()) {
                    lists[boundary] = tokens(taken[boundary], accepted[boundary + 1]);
                }
                accepted[boundary] = boundary > kept ? lastAccepted[boundary] : union(finished, further(boundary));
                before = pay(before, budget);
            }
        }

        private int further(int boundary) {
            int further = boundary < slots.size() ? back(taken[boundary], accepted[boundary + 1]) : NONE;
            int skip = lattice.skip(boundary);
            return skip == Lattice.NOWHERE ? further : union(further, accepted[skip]);
        }

        /** The set of configurations that some prefix leads to at a boundary. */
        public int reached(int boundary) {
            return reached[boundary];
        }

        /** A set of configurations that some rest accepts at a boundary, with all among them that some prefix leads to. */
        public int accepted(int boundary) {
            return accepted[boundary];
        }

        /** The forward step of a slot from all configurations that some prefix leads to. */
        public SlotStep taken(int slot) {
            return steps.get(taken[slot]);
        }

        /** The walks over the tokens of a slot. */
        public TokenWalks walks(int slot) {
            return slots.get(slot);
        }

        /** The first boundary at which a text can have ended, with end tokens alone after it; or the number of slots. */
        public int padded() {
            return padded;
        }

        /** The slots that some completion leaves out: it passes from a boundary over all later slots of the row. */
        BitSet absent() {
            BitSet absent = new BitSet();
            for (int slot = 0; slot < slots.size(); slot++) {
                int skip = lattice.skip(slot);
                if (skip != Lattice.NOWHERE && meet(reached[slot], accepted[skip])) {
                    absent.set(slot, skip);
                }
                if (slot >= padded && skip != Lattice.NOWHERE) {
                    absent.set(slot);
                }
            }
            return absent;
        }
    }

    /** The configuration in which a text begins. */
    int start(int state) {
        return configurations.add(new int[] {state, StackDag.BOTTOM});
    }

    /** The configurations after a step. */
    int after(int step) {
        return steps.get(step).after();
    }

    /** The configurations, among some, in which the text may end at once. */
    public int finished(int set) {
        return configurations.add(stepper.finished(get(set)));
    }

    /** Whether two sets have a configuration in common. */
    boolean meet(int a, int b) {
        return stepper.meet(get(a), get(b));
    }

    /** A set of configurations by its number. */
    public int[] get(int set) {
        return configurations.get(set);
    }

    /** The tokens of a slot, classified by the configurations that each leads to. */
    public TokenSteps.Classes classes(TokenWalks walks, int before, int ends, WorkBudget budget) {
        return tokenSteps.of(step(walks, before), ends, steps, budget);
    }

    /** The intersection of two sets of configurations, by number. */
    public int intersection(int some, int others) {
        int low = Math.min(some, others);
        int high = Math.max(some, others);
        int known = intersections.get(low, high);
        if (known < 0) {
            known = configurations.add(stepper.intersection(get(low), get(high)));
            intersections.put(low, high, known);
        }
        return known;
    }

    public StackDag dag() {
        return dag;
    }

    /** The configurations of either set. */
    int union(int a, int b) {
        return a == NONE || a == b ? b : configurations.add(stepper.union(get(a), get(b)));
    }

    /**
     * Charges the bytes kept now beyond an earlier number.
     *
     * @return the bytes kept now
     * @throws LimitExceededException when they are too many
     */
    public long pay(long before, WorkBudget budget) {
        long now = bytes();
        if (now > maxBytes) {
            throw new LimitExceededException("maxCompileBytes", maxBytes, now, Place.UNKNOWN);
        }
        budget.allocate(now - before);
        return now;
    }

    /** The step of a slot's tokens from some configurations. */
    int step(TokenWalks walks, int before) {
        int number = walkNumbers.computeIfAbsent(walks, any -> walkNumbers.size());
        int known = stepIndex.find(number, before);
        if (known >= 0) {
            return known;
        }
        SlotStepper.Reached reached = stepper.forward(walks, configurations.get(before));
        SlotStep step =
                new SlotStep(walks, before, configurations.add(reached.after()), reached.points(), reached.stacks());
        stepBytes += step.bytes();
        steps.add(step);
        return stepIndex.add(number, before);
    }

    /** The configurations before a step from which its tokens lead to accepted ones. */
    int back(int taken, int accepted) {
        if (backVersion != dag.supportVersion()) {
            backIndex = new PairIndex();
            backs.clear();
            backVersion = dag.supportVersion();
        }
        int known = backIndex.find(taken, accepted);
        if (known >= 0) {
            return backs.get(known);
        }
        SlotStep step = steps.get(taken);
        int[] before = configurations.get(step.before());
        backs.add(configurations.add(stepper.backward(step, before, configurations.get(accepted))));
        return backs.get(backIndex.add(taken, accepted));
    }

    private int tokens(int taken, int accepted) {
        int known = tokenIndex.find(taken, accepted);
        if (known >= 0) {
            return tokenLists.get(known);
        }
        tokenLists.add(setLists.add(stepper.tokens(steps.get(taken), configurations.get(accepted))));
        return tokenLists.get(tokenIndex.add(taken, accepted));
    }

    private List<TokenMask> masks(Lattice lattice, int[] lists, int padded) {
        List<TokenMask> masks = new ArrayList<>();
        for (int slot = 0; slot < lists.length; slot++) {
            int[] sets = setLists.get(lists[slot]);
            if (slot >= padded) {
                IntList more = new IntList();
                more.addAll(sets, 0, sets.length);
                more.add(tokenSets.ends(lattice.token(slot)));
                sets = more.toSet();
            }
            masks.add(tokenSets.union(sets));
        }
        return masks;
    }
}
