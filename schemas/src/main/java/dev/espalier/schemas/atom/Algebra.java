package dev.espalier.schemas.atom;

import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.work.Deadline;
import dev.espalier.schemas.work.DeepRecursion;

/**
 * What decides what is asked of values: the diagrams of a schema, over its atoms, and where the work on them is counted.
 *
 * @param recursion of work that recurses as deep as diagrams are
 */
public record Algebra(Diagrams diagrams, Atoms atoms, Deadline deadline, DeepRecursion recursion) {}
