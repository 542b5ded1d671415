package dev.espalier.schemas;

/**
 * What decides what is asked of values: the diagrams of a schema, over its atoms, and where the work on them is counted.
 *
 * @param recursion of work that recurses as deep as diagrams are
 */
record Algebra(Diagrams diagrams, Atoms atoms, Deadline deadline, DeepRecursion recursion) {}
