// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotOrder;
import dev.espalier.sampler.diffusion.plan.StepView;
import dev.espalier.sampler.numeric.ParameterRange;

/**
 * The schedule of Dream: times from 1 to 0.001 in even steps; between the times t and s the share {@code 1 − s/t} of the free
 * slots is committed, rounded down, in the last step all. A step that would commit nothing commits one slot, as the next pass would
 * say the same.
 *
 * @param steps passes for each block, at least 1
 * @param order which slots come first
 */
record TimeSteps(int steps, SlotOrder order) implements CommitPolicy {

    private static final double LAST = 1e-3;

    /** Checks the range; throws {@link dev.espalier.core.error.InvalidInputException}. */
    TimeSteps {
        ParameterRange.require(steps >= 1, "steps", "≥ 1", steps);
    }

    @Override
    public Run start() {
        return view -> CommitPlan.ofScores(
                order.sorted(view).stream().limit(count(view)).toList());
    }

    private int count(StepView view) {
        int free = view.slots().size();
        if (view.blockStep() >= steps - 1) {
            return free;
        }
        double share = 1 - time(view.blockStep() + 1) / time(view.blockStep());
        return Math.max(1, (int) (free * share));
    }

    private double time(int step) {
        return 1 + (LAST - 1) * step / steps;
    }

    @Override
    public String name() {
        return "time:" + steps + "," + order.label();
    }
}
