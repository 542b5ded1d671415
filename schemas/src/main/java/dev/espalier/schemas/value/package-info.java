/** Demands on a value ({@code Goal}), the results that values can have, and the states before a value and around a text. */
@NullMarked
package dev.espalier.schemas.value;

import org.jspecify.annotations.NullMarked;
