/** Atoms, what a schema can ask of a value of one type, and formulas over them. */
@NullMarked
package dev.espalier.schemas.atom;

import org.jspecify.annotations.NullMarked;
