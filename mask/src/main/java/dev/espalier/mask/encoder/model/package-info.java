/** Models of tokens: what becomes of one word. */
@NullMarked
package dev.espalier.mask.encoder.model;

import org.jspecify.annotations.NullMarked;
