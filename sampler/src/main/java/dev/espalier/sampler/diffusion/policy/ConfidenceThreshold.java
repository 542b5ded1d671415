// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotOrder;
import dev.espalier.sampler.numeric.ParameterRange;

/**
 * All slots of at least some confidence, and always the surest one (Fast-dLLM, Wu et al. 2025, with 0.9).
 *
 * @param confidence a probability among the possible tokens, from 0 to 1
 */
record ConfidenceThreshold(double confidence) implements CommitPolicy {

    /** Checks the range; throws {@link dev.espalier.core.error.InvalidInputException}. */
    ConfidenceThreshold {
        ParameterRange.require(confidence >= 0 && confidence <= 1, "confidence", "in [0, 1]", confidence);
    }

    @Override
    public Run start() {
        return view -> CommitPlan.ofScores(SlotOrder.PROBABILITY.sorted(view).stream()
                .filter(score -> score.confidence() >= confidence)
                .toList());
    }

    @Override
    public String name() {
        return "threshold:" + confidence;
    }
}
