// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stats;

/**
 * Statistics of the store of masks of a compiler so far.
 *
 * @param hits lookups that found a mask
 * @param misses lookups that did not
 * @param evictions masks that were dropped to stay within the limit
 * @param entries masks now in the store
 * @param bytes their estimated bytes
 * @param nodes trie nodes visited to make all masks that were ever put in
 * @param prepared trie nodes that were laid out for the vocabulary, before any mask
 */
public record StoreStats(long hits, long misses, long evictions, long entries, long bytes, long nodes, long prepared) {}
