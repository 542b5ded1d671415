// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stats;

/**
 * Statistics of the making of one mask.
 *
 * @param nodes nodes of the vocabulary's tries that were visited
 * @param residualNodes nodes of residual tries that were visited: rests of tokens that close a frame, read by the frames below it
 * @param storeHits frame states whose masks came out of the store
 * @param storeMisses frame states whose masks were made and put into the store
 * @param local frame states whose masks were already at hand in this grammar, or too cheap to store
 * @param remembered whether the whole mask was already known
 * @param undecided tokens that a mask under a budget leaves out because it was not decided within {@link
 * dev.espalier.core.Limits#budgetDeadline()} whether they fit it
 * @param cut whether a mask under a budget leaves out tokens that the grammar allows
 */
public record MaskStats(
        long nodes,
        long residualNodes,
        int storeHits,
        int storeMisses,
        int local,
        boolean remembered,
        int undecided,
        boolean cut) {

    /** Nothing was made. */
    public static final MaskStats NONE = new MaskStats(0, 0, 0, 0, 0, false, 0, false);

    /** A mask that was already known. */
    public static final MaskStats REMEMBERED = new MaskStats(0, 0, 0, 0, 0, true, 0, false);

    /** These statistics for a mask that leaves out tokens for the sake of a budget, or not, and a number of undecided ones among them. */
    public MaskStats withBudget(boolean leavesOut, int tokens) {
        return tokens == undecided && leavesOut == cut
                ? this
                : new MaskStats(nodes, residualNodes, storeHits, storeMisses, local, remembered, tokens, leavesOut);
    }

    /** All trie nodes that were visited. */
    public long visited() {
        return nodes + residualNodes;
    }
}
