/** Values while they are written: events, snapshots and finished parts of a JSON text whose end is not there yet. */
@NullMarked
package dev.espalier.stream;

import org.jspecify.annotations.NullMarked;
