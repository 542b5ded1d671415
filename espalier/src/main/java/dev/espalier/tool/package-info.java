/** Calls of tools: what a model may call, how each family of models writes it, and what it has called. */
@NullMarked
package dev.espalier.tool;

import org.jspecify.annotations.NullMarked;
