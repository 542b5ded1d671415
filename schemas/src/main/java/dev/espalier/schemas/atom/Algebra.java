// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.atom;

import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.work.Deadline;
import dev.espalier.schemas.work.DeepRecursion;

/**
 * The tools that compute with the demands of one schema: its diagrams, their atoms, and the deadline that their work is charged to.
 *
 * @param recursion of work that recurses as deep as diagrams are
 */
public record Algebra(Diagrams diagrams, Atoms atoms, Deadline deadline, DeepRecursion recursion) {}
