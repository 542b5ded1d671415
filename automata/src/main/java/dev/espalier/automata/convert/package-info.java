/** Automata as grammars: the way back from frames, such as those of schemas, to rules. */
@NullMarked
package dev.espalier.automata.convert;

import org.jspecify.annotations.NullMarked;
