/** Items that must differ: values that were read, what one that has begun can still become, and new values. */
@NullMarked
package dev.espalier.schemas.item;

import org.jspecify.annotations.NullMarked;
