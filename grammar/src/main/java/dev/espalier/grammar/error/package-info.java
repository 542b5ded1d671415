/** The sealed family of Espalier's failures, and the places they point to. */
@NullMarked
package dev.espalier.grammar.error;

import org.jspecify.annotations.NullMarked;
