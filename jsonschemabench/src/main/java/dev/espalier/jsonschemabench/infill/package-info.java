/** Canvases are filled under schemas and grammars by several strategies and models, and what asking for all masks costs. */
@NullMarked
package dev.espalier.jsonschemabench.infill;

import org.jspecify.annotations.NullMarked;
