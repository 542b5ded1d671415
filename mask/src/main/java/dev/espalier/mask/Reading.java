package dev.espalier.mask;

import dev.espalier.automata.StackSet;

/** A residual read from a set of stacks: a key for what came of it. */
record Reading(Residual residual, StackSet from) {}
