/** Regular expressions of ECMA-262 as automata over characters, with look-around, and with back-references where texts are tried. */
@NullMarked
package dev.espalier.schemas.pattern;

import org.jspecify.annotations.NullMarked;
