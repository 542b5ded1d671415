package dev.espalier.automata;

/**
 * One of the parts of a state that counts, by what many states have in common and by numbers: the part reads what the symbolic state
 * reads at costs that are not more than its room.
 *
 * @param shape where it begins, with no costs yet
 * @param room as many numbers as costs: what is still possible, and as a negative number what is still needed. Not to be modified
 */
public record CountedPart(SymbolicState shape, int[] room) {}
