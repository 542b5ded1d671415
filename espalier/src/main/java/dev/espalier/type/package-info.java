/** Java types as JSON Schemas, and JSON read back as their values. */
@NullMarked
package dev.espalier.type;

import org.jspecify.annotations.NullMarked;
