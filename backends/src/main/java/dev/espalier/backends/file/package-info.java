/** The files of a model and the formats they are in: JSON, safetensors, {@code tokenizer.json}. */
@NullMarked
package dev.espalier.backends.file;

import org.jspecify.annotations.NullMarked;
