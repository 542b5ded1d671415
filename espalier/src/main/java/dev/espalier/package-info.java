/** The front door: a generator, outputs, outcomes, and the command line. */
@NullMarked
package dev.espalier;

import org.jspecify.annotations.NullMarked;
