// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.collect.SparseMap;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.slot.TokenSets;
import dev.espalier.mask.canvas.slot.Walk;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a slot, classified by the set of configurations that each leads to from a given set. The union over all tokens is a
 * {@link SlotStep}. Cached from canvas to canvas. One thread.
 */
@FastPath(oracle = "BlockOracleTest")
public final class TokenSteps {

    /** Stands for a slot that cannot hold an end token. */
    public static final int NO_ENDS = -1;

    /**
     * The classes of a slot's tokens; no token is in two of them.
     *
     * @param tokens for each class, the number of the set of its tokens
     * @param after for each class, the number of the set of configurations after it, which may be empty
     * @param ends for each class, whether its tokens may also be end tokens
     */
    public record Classes(int[] tokens, int[] after, boolean[] ends) {}

    private final TokenSets tokenSets;
    private final IntArrayIndex configurations;
    private final TokenPartitions partitions;

    /** (step, set of end tokens). */
    private final PairIndex index = new PairIndex();

    private final List<Classes> known = new ArrayList<>();
    private final SparseMap effectsOf = new SparseMap(-1);
    private final StackSums next;
    private long bytes;

    TokenSteps(TokenSets tokenSets, StackDag dag, IntArrayIndex configurations) {
        this.tokenSets = tokenSets;
        this.next = new StackSums(dag);
        this.configurations = configurations;
        this.partitions = new TokenPartitions(tokenSets);
    }

    /**
     * The classes of a step.
     *
     * @param ends the number of the set of end tokens, if the text may end before the slot, or {@link #NO_ENDS}
     */
    Classes of(int step, int ends, List<SlotStep> steps, WorkBudget budget) {
        int number = index.find(step, ends);
        if (number >= 0) {
            return known.get(number);
        }
        Classes classes = classes(steps.get(step), ends, budget);
        bytes += 100 + 9L * classes.tokens().length;
        known.add(classes);
        index.add(step, ends);
        return classes;
    }

    private Classes classes(SlotStep step, int ends, WorkBudget budget) {
        effectsOf.clear();
        List<IntList> effects = new ArrayList<>();
        for (int i = 0; i < step.points().length; i++) {
            Walk walk = step.walks().walk(step.points()[i], budget);
            for (int k = 0; k < walk.arrivals().length; k++) {
                IntList list = effects(walk.tokens()[k], effects);
                list.add(walk.arrivals()[k]);
                list.add(step.stacks()[i]);
            }
        }
        if (ends != NO_ENDS) {
            effects(ends, effects);
        }
        TokenPartitions.Partition partition = partitions.of(effectsOf.keys().toSet());
        int[] after = new int[partition.tokens().length];
        boolean[] isEnd = new boolean[after.length];
        for (int k = 0; k < after.length; k++) {
            next.clear();
            for (int set : partition.members()[k]) {
                isEnd[k] |= set == ends;
                IntList effect = effects.get(effectsOf.get(set));
                for (int i = 0; i < effect.size(); i += 2) {
                    next.add(effect.get(i), effect.get(i + 1));
                }
            }
            after[k] = configurations.add(next.toConfigurations(budget));
        }
        return new Classes(partition.tokens(), after, isEnd);
    }

    private IntList effects(int set, List<IntList> effects) {
        if (!effectsOf.has(set)) {
            effectsOf.put(set, effects.size());
            effects.add(new IntList());
        }
        return effects.get(effectsOf.get(set));
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return bytes + partitions.bytes();
    }
}
