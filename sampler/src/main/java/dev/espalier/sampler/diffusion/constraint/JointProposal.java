// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.BestCompletion;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.WeightedBlock;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Tokens for all free slots of a block that can stand together: those of a best completion under the logits, as DINGO has them for
 * regular languages (Suresh et al. 2025). Any of them may be committed at once, and no token is proposed that the others rule out.
 */
@FastPath(oracle = "JointProposalTest")
public final class JointProposal {

    private JointProposal() {}

    /**
     * Proposes a token for each slot; each by itself if all completions have a token at minus infinity.
     *
     * @param slots free slots, increasing, all that there are between the first and the last
     * @param masks the tokens that are possible in a slot
     * @param maxExpansions what the search may cost; past it the proposal is good, not best
     */
    public static List<SlotScore> of(
            CanvasReader reader,
            Canvas canvas,
            List<Integer> slots,
            IntFunction<TokenMask> masks,
            ModelPass pass,
            long maxExpansions) {
        Optional<BestCompletion> best = reader.best(block(canvas, slots, masks, pass), maxExpansions);
        return slots.stream()
                .map(slot -> best.map(joint -> pass.score(slot, joint.token(slot), pass.law(slot, masks.apply(slot))))
                        .orElseGet(() -> pass.propose(slot, masks.apply(slot))))
                .toList();
    }

    /**
     * Has a pass propose by the posteriors of the slots in the block that they make up; by each slot's own law where sums over the
     * block are too large.
     *
     * @param maxNodes how large they may be
     */
    public static void condition(
            CanvasReader reader,
            Canvas canvas,
            List<Integer> slots,
            IntFunction<TokenMask> masks,
            ModelPass pass,
            int maxNodes) {
        try {
            reader.posterior(block(canvas, slots, masks, pass), maxNodes)
                    .ifPresent(posterior -> slots.forEach(slot -> pass.condition(slot, posterior.marginals(slot))));
        } catch (LimitExceededException tooLarge) {
            return;
        }
    }

    private static WeightedBlock block(
            Canvas canvas, List<Integer> slots, IntFunction<TokenMask> masks, ModelPass pass) {
        return new WeightedBlock(
                canvas,
                slots.get(0),
                slots.get(slots.size() - 1) + 1,
                slot -> masked(pass.logits(slot), masks.apply(slot)));
    }

    /** Logits of tokens that are not possible decide nothing, whatever they are. */
    private static float[] masked(float[] logits, TokenMask mask) {
        float[] row = new float[logits.length];
        Arrays.fill(row, Float.NEGATIVE_INFINITY);
        for (int id : mask.ids()) {
            row[id] = logits[id];
        }
        return row;
    }
}
