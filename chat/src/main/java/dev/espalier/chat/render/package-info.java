/** The interpreter: statements and expressions with the values of variables, to a text. */
@NullMarked
package dev.espalier.chat.render;

import org.jspecify.annotations.NullMarked;
