/** A vocabulary, indexed: tries of its texts, its plain texts by length, its atoms. */
@NullMarked
package dev.espalier.mask.index;

import org.jspecify.annotations.NullMarked;
