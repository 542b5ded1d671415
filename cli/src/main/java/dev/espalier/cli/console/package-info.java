/** Where commands read and write, what they end with, and how they are stopped. */
@NullMarked
package dev.espalier.cli.console;

import org.jspecify.annotations.NullMarked;
