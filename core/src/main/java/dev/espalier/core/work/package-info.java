/** Work that nests deeply: on a stack of its own. */
@NullMarked
package dev.espalier.core.work;

import org.jspecify.annotations.NullMarked;
