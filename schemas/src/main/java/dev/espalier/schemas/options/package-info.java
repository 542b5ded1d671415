/** The options of a compilation and the report of how each keyword is enforced: types that users name. */
@NullMarked
package dev.espalier.schemas.options;

import org.jspecify.annotations.NullMarked;
