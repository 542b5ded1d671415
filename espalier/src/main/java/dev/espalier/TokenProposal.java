// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

/** From what the tokens are proposed that a forward pass may commit. All but {@link #OWN} are for the exact strategy. */
public enum TokenProposal {
    /** From each slot's own law, among the tokens that some completion has there. */
    OWN,
    /**
     * From a best completion of the active block under all slots' laws: the tokens stand together. For temperature 0. Costs a
     * search for each pass, of at most 20,000 expansions; past that the tokens stand together, and may not be the best.
     */
    JOINT,
    /**
     * From the exact posterior of the active block: how likely a token is, given that all slots of the block are filled so that
     * the whole is allowed. Costs sums over the block for each pass; where they take more than 200,000 sets of configurations,
     * that pass goes by each slot's own law.
     */
    POSTERIOR
}
