// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

/**
 * A sampler of whole texts of a language, with a model. Each implementation says in its Javadoc and in {@link #describe} which law
 * its samples follow, and what they may be used for ({@link #guarantee}).
 *
 * <p>Used by one thread at a time, unless an implementation says otherwise; some learn from one call for the next.
 */
public interface SequenceSampler {

    /** Its name, as the command line spells it. */
    String name();

    /** What its samples are good for. */
    Guarantee guarantee();

    /** A sentence or two for people: the law, the weight, the cost. */
    String describe();

    /**
     * Draws samples.
     *
     * @param count how many, at least 1; what counts as one is said by the implementation
     * @throws dev.espalier.core.error.EspalierException if the model fails or its logits are no numbers
     */
    SampleSet sample(TokenTree tree, int count, SamplingRun run);
}
