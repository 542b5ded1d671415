// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotMemory;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.diffusion.plan.StepView;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Another policy, restricted to tokens that the model stays with: it chooses only among the slots whose token has been the same in
 * the last passes, as far as there were any (after the historical consistency of CCD, Chen et al. 2025). If there is none, it chooses among
 * all.
 *
 * @param passes how many passes must agree, the present one included, at least 1
 * @param inner the policy that chooses
 */
record Consistency(int passes, CommitPolicy inner) implements CommitPolicy {

    /** Checks the range; throws {@link dev.espalier.core.error.InvalidInputException}. */
    Consistency {
        ParameterRange.require(passes >= 1, "passes", "≥ 1", passes);
    }

    @Override
    public Run start() {
        Run run = inner.start();
        SlotMemory<Deque<Integer>> history = new SlotMemory<>(ArrayDeque::new);
        return new Run() {
            @Override
            public CommitPlan choose(StepView view) {
                List<SlotScore> steady = view.slots().stream()
                        .filter(score -> agree(score, history.of(score.slot())))
                        .toList();
                return run.choose(steady.isEmpty() ? view : view.with(steady));
            }

            @Override
            public void inserted(int at, int count) {
                history.inserted(at, count);
                run.inserted(at, count);
            }
        };
    }

    private boolean agree(SlotScore score, Deque<Integer> tokens) {
        tokens.addLast(score.token());
        if (tokens.size() > passes) {
            tokens.removeFirst();
        }
        return tokens.stream().allMatch(token -> token == score.token());
    }

    @Override
    public String name() {
        return "consistent:" + passes + "+" + inner.name();
    }
}
