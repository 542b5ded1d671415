/** The command {@code espalier}: where it starts, and how other modules add commands. */
@NullMarked
package dev.espalier.cli;

import org.jspecify.annotations.NullMarked;
