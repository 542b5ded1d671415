/** The commands below {@code bench} that ask a model. */
@NullMarked
package dev.espalier.jsonschemabench.command.model;

import org.jspecify.annotations.NullMarked;
