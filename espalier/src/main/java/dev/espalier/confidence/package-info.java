/** How sure a model is: probabilities of a field's value and of the best alternatives under the constrained law. */
@NullMarked
package dev.espalier.confidence;

import org.jspecify.annotations.NullMarked;
