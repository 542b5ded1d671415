package dev.espalier.mask.frame;

import dev.espalier.automata.stack.StackSet;

/** A residual read from a set of stacks: a key for what came of it. */
public record Reading(Residual residual, StackSet from) {}
