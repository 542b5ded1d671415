// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotOrder;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.List;

/**
 * Anchors are slots of at least some confidence; near an anchor a lower confidence will do (LocalLeap, with 0.9, 0.75 and
 * radius 4). Always the surest slot.
 *
 * @param confidence of anchors, from 0 to 1
 * @param relaxed near anchors, from 0 to {@code confidence}
 * @param radius how many slots to either side are near, at least 0
 */
record Neighbourhood(double confidence, double relaxed, int radius) implements CommitPolicy {

    /** Checks the range; throws {@link dev.espalier.core.error.InvalidInputException}. */
    Neighbourhood {
        ParameterRange.require(confidence >= 0 && confidence <= 1, "confidence", "in [0, 1]", confidence);
        ParameterRange.require(relaxed >= 0 && relaxed <= confidence, "relaxed", "in [0, " + confidence + "]", relaxed);
        ParameterRange.require(radius >= 0, "radius", "≥ 0", radius);
    }

    @Override
    public Run start() {
        return view -> {
            List<Integer> anchors = view.slots().stream()
                    .filter(score -> score.confidence() >= confidence)
                    .map(SlotScore::slot)
                    .toList();
            return CommitPlan.ofScores(SlotOrder.PROBABILITY.sorted(view).stream()
                    .filter(score -> score.confidence() >= (near(score.slot(), anchors) ? relaxed : confidence))
                    .toList());
        };
    }

    private boolean near(int slot, List<Integer> anchors) {
        return anchors.stream().anyMatch(anchor -> Math.abs(anchor - slot) <= radius);
    }

    @Override
    public String name() {
        return "neighbourhood:" + confidence + "," + relaxed + "," + radius;
    }
}
