// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.ModelException;

/**
 * One sequence of tokens inside a {@link LanguageModel}, with its slot of the key/value cache. Grows by
 * {@link LanguageModel#forward}.
 *
 * <p>Used by one thread at a time, the one that runs the model; see {@link LanguageModel}. Methods of a closed session,
 * other than {@link #close()}, throw {@link ModelException}.
 */
public interface Session extends AutoCloseable {

    /** The number of tokens it holds. */
    int length();

    /**
     * A second sequence with the same tokens; from here on both go their own ways. Cost: a copy of the cached prefix, or
     * nothing where the model shares it.
     *
     * @throws ModelException if there is no room for another sequence
     */
    Session fork();

    /**
     * Forgets the last tokens.
     *
     * @param length the tokens to keep, 0 to {@link #length()}
     * @throws ModelException if {@code length} is out of range
     */
    void truncate(int length);

    /** Gives the slot back. Further calls are harmless. */
    @Override
    void close();
}
