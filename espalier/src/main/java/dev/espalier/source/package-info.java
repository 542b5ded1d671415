/** The sources of outputs: schemas, grammars, patterns and choices, compiled to automata and kept in files. */
@NullMarked
package dev.espalier.source;

import org.jspecify.annotations.NullMarked;
