/** What one state of a frame does with all tokens, automata that are made where walks need them, and the store of such masks. */
@NullMarked
package dev.espalier.mask.frame;

import org.jspecify.annotations.NullMarked;
