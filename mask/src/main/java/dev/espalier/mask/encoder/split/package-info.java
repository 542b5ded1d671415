/** Steps that cut text into the words that models read. */
@NullMarked
package dev.espalier.mask.encoder.split;

import org.jspecify.annotations.NullMarked;
