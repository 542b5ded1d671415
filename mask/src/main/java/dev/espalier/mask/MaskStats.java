package dev.espalier.mask;

/**
 * What one mask took to make.
 *
 * @param nodes nodes of the vocabulary's tries that were visited
 * @param residualNodes nodes of residual tries that were visited: what is left of tokens that close a frame, read by
 *     what lies below it
 * @param storeHits frame states whose masks came out of the store
 * @param storeMisses frame states whose masks were made and put into the store
 * @param local frame states whose masks were already at hand in this grammar, or too cheap to store
 * @param remembered whether the whole mask was already known
 */
public record MaskStats(long nodes, long residualNodes, int storeHits, int storeMisses, int local, boolean remembered) {

    /** Nothing was made. */
    static final MaskStats NONE = new MaskStats(0, 0, 0, 0, 0, false);

    /** A mask that was already known. */
    static final MaskStats REMEMBERED = new MaskStats(0, 0, 0, 0, 0, true);

    /** All trie nodes that were visited. */
    public long visited() {
        return nodes + residualNodes;
    }
}
