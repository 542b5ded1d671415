/** How much processor time the units of work of each part of a compilation and of a mask are. */
@NullMarked
package dev.espalier.jsonschemabench.deadlines;

import org.jspecify.annotations.NullMarked;
