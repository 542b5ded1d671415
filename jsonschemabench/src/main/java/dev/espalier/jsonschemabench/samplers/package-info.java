/** Samplers of whole texts compared at equal questions to the model, where their exact law is known and where it is not. */
@NullMarked
package dev.espalier.jsonschemabench.samplers;

import org.jspecify.annotations.NullMarked;
