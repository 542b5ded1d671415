// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.StepView;

/**
 * The rule that says after each forward pass which slots to commit. {@link CommitPolicies} has those of the literature; anyone can write others.
 * Immutable, thread-safe: what a policy remembers from pass to pass belongs to a {@link Run}.
 *
 * <p>A policy cannot break anything: a decoder checks that what was committed can stand together, and commits the surest slot
 * where a policy commits none.
 */
public interface CommitPolicy {

    /** The policy at work on one canvas. Used by one thread. */
    @FunctionalInterface
    interface Run {

        /** What to commit and what to revoke. */
        CommitPlan choose(StepView view);

        /**
         * The canvas has grown: slots from {@code at} on have moved to the right by {@code count}. Does nothing by default;
         * for policies that remember slots.
         */
        default void inserted(int at, int count) {}
    }

    /** Begins a run. */
    Run start();

    /** A name that {@link CommitPolicies#parse} reads back. */
    String name();
}
