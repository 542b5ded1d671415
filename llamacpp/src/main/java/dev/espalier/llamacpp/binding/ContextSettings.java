// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

/**
 * What a context is made for.
 *
 * @param cells the tokens that its cache holds, of all sequences together
 * @param batch the most tokens of one call
 * @param sequences the number of sequences
 * @param threads the threads of the processor
 * @param cacheType ggml's number of the type of keys and values
 */
public record ContextSettings(int cells, int batch, int sequences, int threads, int cacheType) {}
