/** The commands, one class each. */
@NullMarked
package dev.espalier.cli.command;

import org.jspecify.annotations.NullMarked;
