/** What is wrong with a schema before it is compiled, and why it has no value afterwards. */
@NullMarked
package dev.espalier.schemas.check;

import org.jspecify.annotations.NullMarked;
