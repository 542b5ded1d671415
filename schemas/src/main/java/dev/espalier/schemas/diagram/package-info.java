/** Decision diagrams with numbered ends (multi-terminal BDDs): demands on a value as functions of its atoms. */
@NullMarked
package dev.espalier.schemas.diagram;

import org.jspecify.annotations.NullMarked;
