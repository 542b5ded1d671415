/** Sets of tokens. */
@NullMarked
package dev.espalier.mask.token;

import org.jspecify.annotations.NullMarked;
