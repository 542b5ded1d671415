/** The foundation of all modules: limits, budgets of work, cancellation, byte strings. */
@NullMarked
package dev.espalier.core;

import org.jspecify.annotations.NullMarked;
