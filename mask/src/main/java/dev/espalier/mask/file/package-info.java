/** Files of tokenizers as bounded streams, and how they write bytes. */
@NullMarked
package dev.espalier.mask.file;

import org.jspecify.annotations.NullMarked;
