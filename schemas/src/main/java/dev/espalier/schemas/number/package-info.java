/** The texts of numbers under demands: as a table over bytes, or by arithmetic while they are read. */
@NullMarked
package dev.espalier.schemas.number;

import org.jspecify.annotations.NullMarked;
