/** JSON text as values that know their place, and numbers of any size. */
@NullMarked
package dev.espalier.schemas.json;

import org.jspecify.annotations.NullMarked;
