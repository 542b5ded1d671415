/** Blocks of quantised weights: their types, and their values as 32-bit floats. */
@NullMarked
package dev.espalier.backends.gguf.block;

import org.jspecify.annotations.NullMarked;
