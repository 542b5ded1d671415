// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotOrder;
import dev.espalier.sampler.diffusion.plan.StepView;
import dev.espalier.sampler.numeric.ParameterRange;

/**
 * All slots in a number of passes, evenly spread: of n slots in s passes the first {@code n mod s} passes commit one slot more than the
 * others, as LLaDA does ({@code get_num_transfer_tokens}). Blocks get passes in proportion to their free slots.
 *
 * @param steps passes for the whole canvas, at least 1
 * @param order which slots come first
 */
record EvenSteps(int steps, SlotOrder order) implements CommitPolicy {

    /** Checks the range; throws {@link dev.espalier.core.error.InvalidInputException}. */
    EvenSteps {
        ParameterRange.require(steps >= 1, "steps", "≥ 1", steps);
    }

    @Override
    public Run start() {
        return view -> CommitPlan.ofScores(
                order.sorted(view).stream().limit(count(view)).toList());
    }

    /** How many slots a pass commits; at least 1. */
    private int count(StepView view) {
        double share = (double) view.blockFree() / Math.max(1, view.totalFree());
        int passes = (int) Math.max(1, Math.round(steps * share));
        int each = view.blockFree() / passes;
        return Math.max(1, each + (view.blockStep() < view.blockFree() % passes ? 1 : 0));
    }

    @Override
    public String name() {
        return "even:" + steps + "," + order.label();
    }
}
