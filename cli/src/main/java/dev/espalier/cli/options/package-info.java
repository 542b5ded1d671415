/** Groups of options that several commands share. */
@NullMarked
package dev.espalier.cli.options;

import org.jspecify.annotations.NullMarked;
