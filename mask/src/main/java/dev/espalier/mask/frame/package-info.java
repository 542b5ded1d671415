/** Context-independent masks of single states of frames, the lazy automata that walks run on, and the store of such masks. */
@NullMarked
package dev.espalier.mask.frame;

import org.jspecify.annotations.NullMarked;
