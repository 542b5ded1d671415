/** The execution of deeply recursive work on a stack of its own. */
@NullMarked
package dev.espalier.core.work;

import org.jspecify.annotations.NullMarked;
