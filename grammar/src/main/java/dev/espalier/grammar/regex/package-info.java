/** Regular expressions of ECMA-262: as expressions with exact anchors and look-aheads, and as trees of what is written. */
@NullMarked
package dev.espalier.grammar.regex;

import org.jspecify.annotations.NullMarked;
