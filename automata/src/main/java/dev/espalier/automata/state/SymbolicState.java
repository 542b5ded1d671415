// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

/**
 * A state with some numbers left open: it stands for all states that differ in them alone. It reads all that any of them reads, and says
 * at which costs. See {@link Family.Counting}.
 */
public interface SymbolicState extends State {

    /**
     * The costs at which it is alive: vectors of equal length one after the other, none of them at least as much as another in all numbers.
     * With as much room as one of them demands, what was read is alive. Cost: that of a look at the state.
     */
    int[] liveCosts();

    /** The costs at which it may end now, in the same form; empty if it may not at any. Without numbers, {@link #results} tells. */
    int[] endCosts();
}
