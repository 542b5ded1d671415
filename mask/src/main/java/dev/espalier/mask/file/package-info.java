/** Files of tokenizers, read under limits, and how they write bytes. */
@NullMarked
package dev.espalier.mask.file;

import org.jspecify.annotations.NullMarked;
