// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.sampler.law.Choice;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * The logits of one position: for each id of the vocabulary the logarithm, up to a common constant, of its probability.
 *
 * <p>Valid until the model's next forward pass. Used by the thread that ran the pass.
 */
public interface Logits {

    /** The number of logits: the size of the vocabulary. */
    int size();

    /**
     * The logits in the order of ids, of length {@link #size()}. The caller must not modify the array, and the model must
     * not reuse it: it is still read on another thread while the next forward pass runs. Cost: nothing on the CPU, a copy
     * from the device for models elsewhere.
     */
    float[] toArray();

    /**
     * Draws the next token where the logits are, so that only a packed mask goes there and a few numbers come back.
     * The law is that of masked decoding: temperature, then the mask, then top-k, top-p, min-p.
     *
     * @param mask the allowed ids as a bit set, bit {@code id & 63} of word {@code id >> 6}; at least one bit is set
     * @param parameters temperature and filters; 0 as temperature asks for the likeliest allowed token
     * @param uniform gives a number in [0, 1) that decides the draw; to be asked only if the draw is made
     * @return the choice; empty if this model, or this position, cannot do that with these parameters, upon which the
     *     caller goes on with {@link #toArray()}
     * @throws dev.espalier.core.error.InvalidLogitsException if an allowed logit is not a number, or no allowed one is
     *     above minus infinity
     * @throws dev.espalier.core.error.ModelException if the device fails
     */
    default Optional<Choice> sample(long[] mask, SamplingParameters parameters, DoubleSupplier uniform) {
        return Optional.empty();
    }

    /** Logits that lie in an array. It is not copied, and must not change while they are in use. */
    static Logits of(float[] values) {
        Objects.requireNonNull(values, "values");
        return new Logits() {
            @Override
            public int size() {
                return values.length;
            }

            @Override
            public float[] toArray() {
                return values;
            }
        };
    }
}
