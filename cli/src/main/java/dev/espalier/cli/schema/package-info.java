/** The commands on schemas as such, and what servers make of them. */
@NullMarked
package dev.espalier.cli.schema;

import org.jspecify.annotations.NullMarked;
