/** Infilling: what may stand in the free slots of a canvas so that the whole is a text of the language. */
@NullMarked
package dev.espalier.mask.canvas;

import org.jspecify.annotations.NullMarked;
