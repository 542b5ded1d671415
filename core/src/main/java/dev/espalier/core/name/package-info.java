/** The name that was probably meant where an unknown one stands. */
@NullMarked
package dev.espalier.core.name;

import org.jspecify.annotations.NullMarked;
