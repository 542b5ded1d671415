/** Operations of Python on values: operators, indexes, strings, formats, JSON. */
@NullMarked
package dev.espalier.chat.python;

import org.jspecify.annotations.NullMarked;
