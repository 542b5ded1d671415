/** How a schema is read and how its values are written, with the report of how each keyword is kept: what users name. */
@NullMarked
package dev.espalier.schemas.options;

import org.jspecify.annotations.NullMarked;
