/** The commands on grammars as such. */
@NullMarked
package dev.espalier.cli.grammar;

import org.jspecify.annotations.NullMarked;
