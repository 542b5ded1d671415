/** How work on a schema is counted and bounded, goes on in depth, and is kept for the next schema. */
@NullMarked
package dev.espalier.schemas.work;

import org.jspecify.annotations.NullMarked;
