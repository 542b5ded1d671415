/** The texts of strings that satisfy what is asked of them: by automata over characters, lengths, and readers of what is not regular. */
@NullMarked
package dev.espalier.schemas.string;

import org.jspecify.annotations.NullMarked;
