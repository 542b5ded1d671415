/** Masks of whole sets of stacks, put together from those of frames, and what is remembered of them for a grammar. */
@NullMarked
package dev.espalier.mask.stack;

import org.jspecify.annotations.NullMarked;
