/** Slots in a row: the boundaries between them, and what frames do with the tokens that each may hold, by number and kept. */
@NullMarked
package dev.espalier.mask.canvas.slot;

import org.jspecify.annotations.NullMarked;
