/** Source texts with places, and what the readers of all notations share: characters, tables of lexers, errors, the building of expressions. */
@NullMarked
package dev.espalier.grammar.source;

import org.jspecify.annotations.NullMarked;
