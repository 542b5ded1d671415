// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotMemory;
import dev.espalier.sampler.diffusion.plan.StepView;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Another policy, whose least sure commits are revoked once: a slot that was committed with little confidence in an earlier pass
 * becomes free when this pass commits others, so that the model can decide on it again with more around it (after ReMDM's
 * remasking by confidence, Wang et al. 2025).
 *
 * @param confidence commits below it are revoked, from 0 to 1
 * @param times how often one slot may be revoked, at least 0
 * @param inner the policy that commits
 */
record Remasking(double confidence, int times, CommitPolicy inner) implements CommitPolicy {

    /** Checks the range; throws {@link dev.espalier.core.error.InvalidInputException}. */
    Remasking {
        ParameterRange.require(confidence >= 0 && confidence <= 1, "confidence", "in [0, 1]", confidence);
        ParameterRange.require(times >= 0, "times", "≥ 0", times);
    }

    @Override
    public Run start() {
        Run run = inner.start();
        SlotMemory<Integer> revocations = new SlotMemory<>(() -> 0);
        return new Run() {
            @Override
            public CommitPlan choose(StepView view) {
                CommitPlan plan = run.choose(view);
                List<Integer> revoked = new ArrayList<>(plan.revoked());
                for (Commit commit : view.committed()) {
                    int before = revocations.of(commit.slot());
                    if (commit.confidence() < confidence && before < times && !revoked.contains(commit.slot())) {
                        revocations.put(commit.slot(), before + 1);
                        revoked.add(commit.slot());
                    }
                }
                return new CommitPlan(plan.commits(), revoked);
            }

            @Override
            public void inserted(int at, int count) {
                revocations.inserted(at, count);
                run.inserted(at, count);
            }
        };
    }

    @Override
    public String name() {
        return "remask:" + confidence + "," + times + "+" + inner.name();
    }
}
