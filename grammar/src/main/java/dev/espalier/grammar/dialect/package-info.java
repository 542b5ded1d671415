/** All notations for grammars that can be read: by name, or by the extension of a file. */
@NullMarked
package dev.espalier.grammar.dialect;

import org.jspecify.annotations.NullMarked;
