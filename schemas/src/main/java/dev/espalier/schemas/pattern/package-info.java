/** Regular expressions of ECMA-262: as automata over characters, with look-around, or, with back-references, as a search by backtracking. */
@NullMarked
package dev.espalier.schemas.pattern;

import org.jspecify.annotations.NullMarked;
