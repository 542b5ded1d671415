/** The embedded models: their weights, and the prompt that they were trained on. */
@NullMarked
package dev.espalier.sprig;

import org.jspecify.annotations.NullMarked;
