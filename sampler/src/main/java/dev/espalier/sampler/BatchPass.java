// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

/**
 * One forward pass over several texts, and what waits meanwhile.
 *
 * @param rows texts that took part
 * @param tokens tokens that they read, those of prompts included
 * @param promptTokens tokens of prompts among them
 * @param sharedTokens tokens of prompts that texts took from others since the pass before, instead of reading them
 * @param nanos the duration of the pass, in nanoseconds
 * @param active texts that are under way
 * @param waiting texts that wait for their turn
 * @param cacheTokens tokens in the model's key/value cache, kept prefixes included
 * @param prefixTokens tokens of kept prefixes
 */
public record BatchPass(
        int rows,
        int tokens,
        int promptTokens,
        int sharedTokens,
        long nanos,
        int active,
        int waiting,
        long cacheTokens,
        int prefixTokens) {}
