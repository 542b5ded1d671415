/** What {@code config.json} says of a network, and the weights that it needs. */
@NullMarked
package dev.espalier.backends.checkpoint;

import org.jspecify.annotations.NullMarked;
