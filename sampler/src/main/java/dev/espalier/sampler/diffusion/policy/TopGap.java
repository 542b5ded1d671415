// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotOrder;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.diffusion.plan.StepView;
import java.util.List;

/**
 * Another policy until the model is sure of all slots, then everything at once: when the mean difference of the two largest logits
 * over the free slots reaches a bound, all are committed (Prophet, with 7.5, 5 and 2.5). The bound falls with the share of
 * slots that are fixed. Slots with one possible token are certain and left out of the mean.
 *
 * @param early the bound in the first third
 * @param middle the bound in the second third
 * @param late the bound in the last third
 * @param inner the policy until then
 */
record TopGap(double early, double middle, double late, CommitPolicy inner) implements CommitPolicy {

    @Override
    public Run start() {
        Run run = inner.start();
        return new Run() {
            @Override
            public CommitPlan choose(StepView view) {
                double mean = view.slots().stream()
                        .mapToDouble(score -> score.law().gap())
                        .filter(Double::isFinite)
                        .average()
                        .orElse(Double.POSITIVE_INFINITY);
                CommitPlan otherwise = run.choose(view);
                return mean >= bound(view.progress()) ? new CommitPlan(all(view), otherwise.revoked()) : otherwise;
            }

            @Override
            public void inserted(int at, int count) {
                run.inserted(at, count);
            }
        };
    }

    private static List<Commit> all(StepView view) {
        return SlotOrder.PROBABILITY.sorted(view).stream()
                .map(SlotScore::commit)
                .toList();
    }

    private double bound(double progress) {
        return progress < 1.0 / 3 ? early : progress < 2.0 / 3 ? middle : late;
    }

    @Override
    public String name() {
        return "gap:" + early + "," + middle + "," + late + "+" + inner.name();
    }
}
