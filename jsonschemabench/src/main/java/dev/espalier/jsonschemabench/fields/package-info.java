/** How well the embedded model copies what texts say into the members that schemas name. */
@NullMarked
package dev.espalier.jsonschemabench.fields;

import org.jspecify.annotations.NullMarked;
