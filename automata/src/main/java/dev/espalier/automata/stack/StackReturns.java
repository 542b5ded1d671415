// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

/**
 * The states in which callers go on after the frame above a set of stacks ended, through all frames that end at once. Immutable.
 *
 * @param states the states in which frames go on, each above what lies below it; among them those that may end at once
 * @param results with which everything down to the bottom may have ended: sorted, never modified
 */
record StackReturns(StackSet states, int[] results) {}
