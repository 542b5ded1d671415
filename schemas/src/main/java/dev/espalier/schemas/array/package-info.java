/** The arrays of a goal as frames, with items that are read as they come, and items that are compared. */
@NullMarked
package dev.espalier.schemas.array;

import org.jspecify.annotations.NullMarked;
