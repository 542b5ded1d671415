/** The command that does one thing to each row of a file. */
@NullMarked
package dev.espalier.cli.map;

import org.jspecify.annotations.NullMarked;
