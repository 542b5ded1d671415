/** What all modules rest on: limits, budgets of work, cancellation, recursion with room, strings of bytes. */
@NullMarked
package dev.espalier.core;

import org.jspecify.annotations.NullMarked;
