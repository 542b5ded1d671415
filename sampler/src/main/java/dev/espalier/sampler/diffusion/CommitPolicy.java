package dev.espalier.sampler.diffusion;

import dev.espalier.core.error.InvalidInputException;

/**
 * Says after each forward pass which slots to commit. The policies here are records with a {@link #name}; anyone can write others.
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

    /** A name that {@link #parse} reads back. */
    String name();

    /** So many slots a pass, the most probable first. */
    static CommitPolicy fixed(int count) {
        return new FixedCount(count, SlotOrder.PROBABILITY);
    }

    /** All slots in so many passes, evenly spread, the most probable first. */
    static CommitPolicy even(int steps) {
        return new EvenSteps(steps, SlotOrder.PROBABILITY);
    }

    /** All slots of at least this confidence, and always the surest one. */
    static CommitPolicy threshold(double confidence) {
        return new ConfidenceThreshold(confidence);
    }

    /**
     * The policy of a name: {@code fixed:4}, {@code even:32,entropy}, {@code time:32,margin}, {@code threshold:0.9}, {@code
     * neighbourhood:0.9,0.75,4}, {@code credit:0.9}, {@code entropy-bound:0.1}; and around another, {@code
     * gap:7.5,5,2.5+even:32}, {@code consistent:2+threshold:0.9}, {@code remask:0.5,1+fixed:4}. Numbers that are left out
     * from the right have the value that their source proposes.
     *
     * @throws InvalidInputException if there is no such policy, or a number is out of range; it lists the names
     */
    static CommitPolicy parse(String name) {
        return PolicyName.read(name);
    }
}
