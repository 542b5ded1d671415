/** What the command line looks for: the commands of the harness. */
@NullMarked
package dev.espalier.jsonschemabench;

import org.jspecify.annotations.NullMarked;
