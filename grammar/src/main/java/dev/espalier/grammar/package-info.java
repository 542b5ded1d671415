/** Text becomes a {@link dev.espalier.grammar.Grammar}: readers, the one intermediate representation, writers. */
@NullMarked
package dev.espalier.grammar;

import org.jspecify.annotations.NullMarked;
