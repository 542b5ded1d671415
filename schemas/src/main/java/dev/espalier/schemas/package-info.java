/** JSON Schema becomes frames, with a report of what is enforced and how. */
@NullMarked
package dev.espalier.schemas;

import org.jspecify.annotations.NullMarked;
