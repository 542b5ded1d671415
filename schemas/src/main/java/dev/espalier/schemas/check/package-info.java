/** Checks of a schema before it is compiled, and explanations of schemas without a value. */
@NullMarked
package dev.espalier.schemas.check;

import org.jspecify.annotations.NullMarked;
