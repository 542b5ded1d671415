// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotOrder;
import dev.espalier.sampler.numeric.ParameterRange;

/**
 * A fixed number of slots in each pass.
 *
 * @param count at least 1
 * @param order which come first
 */
record FixedCount(int count, SlotOrder order) implements CommitPolicy {

    /** Checks the range; throws {@link dev.espalier.core.error.InvalidInputException}. */
    FixedCount {
        ParameterRange.require(count >= 1, "count", "≥ 1", count);
    }

    @Override
    public Run start() {
        return view ->
                CommitPlan.ofScores(order.sorted(view).stream().limit(count).toList());
    }

    @Override
    public String name() {
        return "fixed:" + count + "," + order.label();
    }
}
