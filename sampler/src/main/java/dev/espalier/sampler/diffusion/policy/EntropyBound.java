// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotOrder;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Slots by rising entropy, as many as together carry little of it: the sum of their entropies, without the largest, is at most a bound,
 * which bounds what parallel commits can lose to dependence (EB-Sampler, Ben-Hamu et al. 2025).
 *
 * @param bound in nats, at least 0; at 0 all slots without any doubt, and one more
 */
record EntropyBound(double bound) implements CommitPolicy {

    /** Checks the range; throws {@link dev.espalier.core.error.InvalidInputException}. */
    EntropyBound {
        ParameterRange.require(bound >= 0, "bound", "≥ 0", bound);
    }

    @Override
    public Run start() {
        return view -> {
            List<SlotScore> chosen = new ArrayList<>();
            double before = 0;
            for (SlotScore score : SlotOrder.ENTROPY.sorted(view)) {
                if (before > bound) {
                    break;
                }
                chosen.add(score);
                before += score.law().entropy();
            }
            return CommitPlan.ofScores(chosen);
        };
    }

    @Override
    public String name() {
        return "entropy-bound:" + bound;
    }
}
