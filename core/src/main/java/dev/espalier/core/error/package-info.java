/** The sealed family of Espalier's exceptions, and the places to which they point. */
@NullMarked
package dev.espalier.core.error;

import org.jspecify.annotations.NullMarked;
