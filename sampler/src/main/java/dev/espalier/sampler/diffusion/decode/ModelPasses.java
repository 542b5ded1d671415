// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.decode;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.constraint.ModelPass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The forward passes of one decoding, and the time they took. Used by one thread. */
final class ModelPasses {

    private final MaskedDiffusionModel model;
    private final int[] prompt;
    private final ModelPass.Proposer proposer;
    private long nanos;

    ModelPasses(MaskedDiffusionModel model, int[] prompt, ModelPass.Proposer proposer) {
        this.model = model;
        this.prompt = prompt;
        this.proposer = proposer;
    }

    /**
     * Runs the model.
     *
     * @param slots free slots, increasing
     * @throws ModelException if the model throws, or does not give logits for each slot
     */
    ModelPass run(Canvas canvas, List<Integer> slots) {
        synchronized (model) {
            long start = System.nanoTime();
            Map<Integer, float[]> values = new HashMap<>();
            try {
                List<Logits> rows = model.forward(
                        prompt,
                        canvas,
                        slots.stream().mapToInt(Integer::intValue).toArray());
                if (rows.size() != slots.size()) {
                    throw new ModelException(
                            "the model gave logits for " + rows.size() + " of " + slots.size() + " slots");
                }
                for (int i = 0; i < rows.size(); i++) {
                    values.put(slots.get(i), rows.get(i).toArray());
                }
            } catch (EspalierException failure) {
                throw failure;
            } catch (RuntimeException failure) {
                throw new ModelException("the model " + model.name() + " threw " + failure, failure);
            }
            long spent = System.nanoTime() - start;
            nanos += spent;
            return new ModelPass(values, spent, proposer);
        }
    }

    /** The time of all passes so far. */
    long nanos() {
        return nanos;
    }
}
