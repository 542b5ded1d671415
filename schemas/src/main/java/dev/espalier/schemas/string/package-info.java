/** The texts of strings under demands: by automata over characters, lengths, and readers of languages that are not regular. */
@NullMarked
package dev.espalier.schemas.string;

import org.jspecify.annotations.NullMarked;
