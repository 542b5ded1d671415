// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.automata.stack.StackSet;

/** A residual with the set of stacks that reads it: the key of a cached result. */
public record Reading(Residual residual, StackSet from) {}
