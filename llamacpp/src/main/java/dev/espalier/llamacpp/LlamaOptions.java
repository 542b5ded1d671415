// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import dev.espalier.core.error.InvalidInputException;

/**
 * The options for loading a model with llama.cpp. Immutable; start from {@link #DEFAULT} and change it with the {@code with} methods.
 *
 * @param contextLength the most tokens of a session, if below the model's own limit and {@code cells}; 0 takes the smaller of these
 * @param cells the tokens that the cache holds, those of all sessions together, of which forks share what they have in common; 0 takes what all
 *     sessions can hold, 8,192 at most. Memory for all of them is taken at once
 * @param sequences the most sessions that are open at a time, 1 to 256, and no more than there are cells
 * @param batchTokens the most tokens of one call of llama.cpp; longer passes take several
 * @param threads the threads of the processor; 0 takes one for each physical core
 * @param gpuLayers the layers that a library built for a GPU computes there; -1 takes the library's own number
 * @param cacheType the numbers that keys and values are kept as, and attention is computed in
 */
public record LlamaOptions(
        int contextLength, int cells, int sequences, int batchTokens, int threads, int gpuLayers, CacheType cacheType) {

    /** The model's own context, up to 8,192 cells, 128 sessions, 512 tokens a call, a thread a core. */
    public static final LlamaOptions DEFAULT = new LlamaOptions(0, 0, 128, 512, 0, -1, CacheType.FLOAT16);

    private static final int MOST_SEQUENCES = 256;
    private static final int MOST_BATCH = 1 << 16;
    private static final int MOST_THREADS = 512;

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a number is out of its range
     */
    public LlamaOptions {
        require("contextLength", contextLength, 0, Integer.MAX_VALUE);
        require("cells", cells, 0, Integer.MAX_VALUE);
        require("sequences", sequences, 1, cells == 0 ? MOST_SEQUENCES : Math.min(cells, MOST_SEQUENCES));
        require("batchTokens", batchTokens, 1, MOST_BATCH);
        require("threads", threads, 0, MOST_THREADS);
        require("gpuLayers", gpuLayers, -1, Integer.MAX_VALUE);
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new InvalidInputException(name + " must be " + least + " to " + most + ", but was " + value);
        }
    }

    /** These options with another bound on the tokens of a session; 0 takes the model's own. */
    public LlamaOptions withContextLength(int value) {
        return new LlamaOptions(value, cells, sequences, batchTokens, threads, gpuLayers, cacheType);
    }

    /** These options with another size of the cache, in tokens of all sessions; 0 takes one that suits. */
    public LlamaOptions withCells(int value) {
        return new LlamaOptions(contextLength, value, sequences, batchTokens, threads, gpuLayers, cacheType);
    }

    /** These options with another number of sessions. */
    public LlamaOptions withSequences(int value) {
        return new LlamaOptions(contextLength, cells, value, batchTokens, threads, gpuLayers, cacheType);
    }

    /** These options with another number of tokens of a call. */
    public LlamaOptions withBatchTokens(int value) {
        return new LlamaOptions(contextLength, cells, sequences, value, threads, gpuLayers, cacheType);
    }

    /** These options with another number of threads; 0 takes one for each physical core. */
    public LlamaOptions withThreads(int value) {
        return new LlamaOptions(contextLength, cells, sequences, batchTokens, value, gpuLayers, cacheType);
    }

    /** These options with another number of layers on a GPU; -1 takes the library's own. */
    public LlamaOptions withGpuLayers(int value) {
        return new LlamaOptions(contextLength, cells, sequences, batchTokens, threads, value, cacheType);
    }

    /** These options with keys and values kept as other numbers. */
    public LlamaOptions withCacheType(CacheType value) {
        return new LlamaOptions(contextLength, cells, sequences, batchTokens, threads, gpuLayers, value);
    }
}
