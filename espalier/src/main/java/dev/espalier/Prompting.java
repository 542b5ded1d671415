// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

/** How a model is told what to write. Implementations are thread-safe. */
@FunctionalInterface
public interface Prompting {

    /**
     * The tokens that the model reads first.
     *
     * @param prompt what the caller wrote
     * @param output what the model is to write
     * @param slots the slots of the canvas that follows the prompt; 0 for a text that is written from left to right
     */
    int[] tokens(String prompt, Output<?> output, int slots);
}
