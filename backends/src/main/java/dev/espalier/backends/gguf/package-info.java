/** GGUF files: metadata, and tensors whose rows are read as 32-bit floats or as the blocks that the file holds. */
@NullMarked
package dev.espalier.backends.gguf;

import org.jspecify.annotations.NullMarked;
