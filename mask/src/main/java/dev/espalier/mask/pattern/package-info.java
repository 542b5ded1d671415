/** Regular expressions by which tokenizers split text, matched in linear time. */
@NullMarked
package dev.espalier.mask.pattern;

import org.jspecify.annotations.NullMarked;
