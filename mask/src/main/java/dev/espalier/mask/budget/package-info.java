/** The least number of tokens to the end of a text, and masks that keep to a budget of tokens. */
@NullMarked
package dev.espalier.mask.budget;

import org.jspecify.annotations.NullMarked;
