/** The texts of numbers that satisfy what is asked of them: as a table over bytes, or by arithmetic while they are read. */
@NullMarked
package dev.espalier.schemas.number;

import org.jspecify.annotations.NullMarked;
