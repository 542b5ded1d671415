// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.policy.BlockSchedule;
import dev.espalier.sampler.diffusion.policy.CanvasGrowth;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import dev.espalier.sampler.diffusion.policy.CommitPolicy;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import java.util.Objects;

/**
 * How a diffusion model fills gaps. Immutable; start from {@link #DEFAULT} and change with the {@code with} methods.
 *
 * @param policy which slots are committed after each forward pass
 * @param blocks in which order parts of the canvas come
 * @param growth how the canvas grows in gaps whose size is open
 * @param strategy how tokens are held to what is allowed; all but {@link InfillStrategy.Exact} are there to compare with
 * @param proposal from what the tokens of a pass are proposed
 * @param sampling temperature, filters and seed; {@code maxTokens} is not used
 * @param sizeTrials how many sizes of a gap between given texts are tried that may have several, with a forward pass for each
 *     slot; the one is taken that the model is surest of; 1 takes the smallest
 * @param maxSlots the most slots that the canvas may come to have, given text included
 */
public record InfillMethod(
        CommitPolicy policy,
        BlockSchedule blocks,
        CanvasGrowth growth,
        InfillStrategy strategy,
        TokenProposal proposal,
        SamplingParameters sampling,
        int sizeTrials,
        int maxSlots) {

    /**
     * Greedy, blocks of 8 slots, in each pass all that are surer than 0.9, exact. Of gaps between texts that may have several sizes 12 are
     * tried; a gap at the end grows by 8 slots at a time where it may, until the model expects the end in it. At most 4,096 slots.
     */
    public static final InfillMethod DEFAULT = new InfillMethod(
            CommitPolicies.threshold(0.9),
            BlockSchedule.of(8),
            new CanvasGrowth(8, 32, 0.5, 0, 1),
            InfillStrategy.exact(),
            TokenProposal.OWN,
            SamplingParameters.DEFAULT,
            12,
            4096);

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if there are fewer trials or slots than 1
     */
    public InfillMethod {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(blocks, "blocks");
        Objects.requireNonNull(growth, "growth");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(proposal, "proposal");
        Objects.requireNonNull(sampling, "sampling");
        if (!sampling.parts().isEmpty()) {
            throw new InvalidInputException("gaps are filled in one way of drawing; there are no parts");
        }
        if (sizeTrials < 1) {
            throw new InvalidInputException("sizeTrials must be ≥ 1, but was " + sizeTrials);
        }
        if (maxSlots < 1) {
            throw new InvalidInputException("maxSlots must be ≥ 1, but was " + maxSlots);
        }
    }

    /** This method with another policy. */
    public InfillMethod with(CommitPolicy other) {
        return new InfillMethod(other, blocks, growth, strategy, proposal, sampling, sizeTrials, maxSlots);
    }

    /** This method with other blocks. */
    public InfillMethod with(BlockSchedule other) {
        return new InfillMethod(policy, other, growth, strategy, proposal, sampling, sizeTrials, maxSlots);
    }

    /** This method with other growth. */
    public InfillMethod with(CanvasGrowth other) {
        return new InfillMethod(policy, blocks, other, strategy, proposal, sampling, sizeTrials, maxSlots);
    }

    /** This method with another strategy. */
    public InfillMethod with(InfillStrategy other) {
        return new InfillMethod(policy, blocks, growth, other, proposal, sampling, sizeTrials, maxSlots);
    }

    /** This method with tokens proposed from something else. */
    public InfillMethod with(TokenProposal other) {
        return new InfillMethod(policy, blocks, growth, strategy, other, sampling, sizeTrials, maxSlots);
    }

    /** This method with other sampling. */
    public InfillMethod with(SamplingParameters other) {
        return new InfillMethod(policy, blocks, growth, strategy, proposal, other, sizeTrials, maxSlots);
    }

    /** This method with another number of sizes that are tried. */
    public InfillMethod withSizeTrials(int other) {
        return new InfillMethod(policy, blocks, growth, strategy, proposal, sampling, other, maxSlots);
    }

    /** This method with another bound on the slots. */
    public InfillMethod withMaxSlots(int other) {
        return new InfillMethod(policy, blocks, growth, strategy, proposal, sampling, sizeTrials, other);
    }
}
