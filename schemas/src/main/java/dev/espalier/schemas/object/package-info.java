/** The objects of a goal as frames: states between members, within keys and after them, and which results can still be reached. */
@NullMarked
package dev.espalier.schemas.object;

import org.jspecify.annotations.NullMarked;
