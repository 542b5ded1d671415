/** What is asked of a value ({@code Goal}), which results some value has, and the states before a value and around a text. */
@NullMarked
package dev.espalier.schemas.value;

import org.jspecify.annotations.NullMarked;
