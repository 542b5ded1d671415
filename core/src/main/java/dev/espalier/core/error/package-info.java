/** The sealed family of Espalier's failures, and the places they point to. */
@NullMarked
package dev.espalier.core.error;

import org.jspecify.annotations.NullMarked;
