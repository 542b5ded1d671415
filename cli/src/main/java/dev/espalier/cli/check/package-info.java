/** Where a text leaves an output, and what was allowed there. */
@NullMarked
package dev.espalier.cli.check;

import org.jspecify.annotations.NullMarked;
