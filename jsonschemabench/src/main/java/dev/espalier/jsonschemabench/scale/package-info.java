/** Many sequences at once, many threads on one schema, and how costs grow with vocabulary, size and depth. */
@NullMarked
package dev.espalier.jsonschemabench.scale;

import org.jspecify.annotations.NullMarked;
