// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.draw.MaskedLaw;
import dev.espalier.sampler.draw.TokenSampler;
import dev.espalier.sampler.law.Choices;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The logits of one forward pass, from which tokens are proposed. Used by one thread until the next pass. */
@FastPath(oracle = "ModelPassTest")
public final class ModelPass {

    private static final float UNLIKELY = -1e30f;

    private final Map<Integer, float[]> logits;
    private final Map<Integer, float[]> posteriors = new HashMap<>();
    private final Map<Integer, MaskedLaw> laws = new HashMap<>();
    private final Proposer proposer;
    private final long nanos;

    /**
     * A pass.
     *
     * @param logits those of each slot that was asked for; not to be modified
     * @param nanos how long it took
     */
    public ModelPass(Map<Integer, float[]> logits, long nanos, Proposer proposer) {
        this.logits = logits;
        this.nanos = nanos;
        this.proposer = proposer;
    }

    /** How tokens are drawn in all passes of a run. */
    public record Proposer(SamplingParameters parameters, Choices choices, TokenSampler sampler) {

        int token(float[] logits, TokenMask mask, MaskedLaw law) {
            return parameters.isGreedy()
                    ? law.best()
                    : sampler.choose(logits, mask, parameters, choices).token();
        }
    }

    /** From now on tokens are proposed by these probabilities. What is too unlikely for a double stays possible. */
    void condition(int slot, double[] probabilities) {
        float[] row = new float[probabilities.length];
        for (int token = 0; token < row.length; token++) {
            row[token] = probabilities[token] > 0 ? (float) Math.log(probabilities[token]) : UNLIKELY;
        }
        posteriors.put(slot, row);
    }

    /** The law of a slot among some tokens. */
    public MaskedLaw law(int slot, TokenMask mask) {
        MaskedLaw own = MaskedLaw.of(logits(slot), mask);
        laws.put(slot, own);
        float[] posterior = posteriors.get(slot);
        return posterior == null ? own : MaskedLaw.of(posterior, mask);
    }

    /** A token of a slot as what this pass says of it. */
    SlotScore score(int slot, int token, MaskedLaw law) {
        return new SlotScore(slot, token, law, laws.getOrDefault(slot, law));
    }

    /** The probability of a token among all tokens; not a number if no law of the slot was asked for. */
    double rawProbability(int slot, int token) {
        MaskedLaw law = laws.get(slot);
        return law == null ? Double.NaN : law.rawProbability(token);
    }

    /**
     * Proposes one of some tokens for a slot.
     *
     * @throws InvalidLogitsException if there is nothing to choose by
     */
    public SlotScore propose(int slot, TokenMask mask) {
        MaskedLaw law = law(slot, mask);
        float[] row = posteriors.getOrDefault(slot, logits(slot));
        return score(slot, proposer.token(row, mask, law), law);
    }

    /** The likeliest of some tokens for a slot, at most so many, the likeliest first; of equal ones the smaller id. */
    List<SlotScore> likeliest(int slot, TokenMask mask, int count) {
        float[] row = logits(slot);
        MaskedLaw law = law(slot, mask);
        int[] best = new int[Math.min(count, mask.count())];
        int found = 0;
        for (int id : mask.ids()) {
            int place = found;
            while (place > 0 && row[id] > row[best[place - 1]]) {
                place--;
            }
            if (place < best.length) {
                found = Math.min(best.length, found + 1);
                System.arraycopy(best, place, best, place + 1, found - place - 1);
                best[place] = id;
            }
        }
        return Arrays.stream(best).mapToObj(id -> new SlotScore(slot, id, law)).toList();
    }

    /** Whether this pass asked for a slot. */
    public boolean knows(int slot) {
        return logits.containsKey(slot);
    }

    /** The logits of a slot, not to be modified. */
    float[] logits(int slot) {
        float[] row = logits.get(slot);
        if (row == null) {
            throw new ModelException("no logits were asked for slot " + slot);
        }
        return row;
    }

    /** How long the pass took. */
    public long nanos() {
        return nanos;
    }
}
