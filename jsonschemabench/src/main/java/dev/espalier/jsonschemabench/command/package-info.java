/** The commands below {@code bench}: each has its options, and makes what is run. */
@NullMarked
package dev.espalier.jsonschemabench.command;

import org.jspecify.annotations.NullMarked;
