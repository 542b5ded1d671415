/** Decision diagrams with numbered ends: what is asked of a value, as a function of the answers to its atoms. */
@NullMarked
package dev.espalier.schemas.diagram;

import org.jspecify.annotations.NullMarked;
