/** Runs a corpus of hostile inputs against the engine, in Java machines of their own with small heaps. */
@NullMarked
package dev.espalier.jsonschemabench.hostile;

import org.jspecify.annotations.NullMarked;
