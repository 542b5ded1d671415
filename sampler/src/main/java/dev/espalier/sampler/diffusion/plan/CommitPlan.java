// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.plan;

import java.util.List;
import java.util.Objects;

/**
 * What a policy decides after a forward pass.
 *
 * @param commits tokens for free slots, the most important first: where they cannot stand together, the first stand
 * @param revoked slots, committed before, that are to be free again
 */
public record CommitPlan(List<Commit> commits, List<Integer> revoked) {

    /** Copies both lists. */
    public CommitPlan {
        Objects.requireNonNull(commits, "commits");
        Objects.requireNonNull(revoked, "revoked");
        commits = List.copyOf(commits);
        revoked = List.copyOf(revoked);
    }

    /** Commits and nothing revoked. */
    public static CommitPlan of(List<Commit> commits) {
        return new CommitPlan(commits, List.of());
    }

    /** The proposed tokens of some slots, in their order, and nothing revoked. */
    public static CommitPlan ofScores(List<SlotScore> scores) {
        return of(scores.stream().map(SlotScore::commit).toList());
    }
}
