/** Values that a template sees, with the semantics of Python: texts with marks of trust, numbers, containers, undefined. */
@NullMarked
package dev.espalier.chat.value;

import org.jspecify.annotations.NullMarked;
