/** Functions that templates call: their parameters, their arguments, and what they may ask of the interpreter. */
@NullMarked
package dev.espalier.chat.function;

import org.jspecify.annotations.NullMarked;
