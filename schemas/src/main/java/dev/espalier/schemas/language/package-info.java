/** The language of one schema, put together: its goals and frames, bounds on what is written, and proofs that values do not run out. */
@NullMarked
package dev.espalier.schemas.language;

import org.jspecify.annotations.NullMarked;
