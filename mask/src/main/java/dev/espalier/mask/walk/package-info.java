/** Walks over the trie of tokens from the states of frames. */
@NullMarked
package dev.espalier.mask.walk;

import org.jspecify.annotations.NullMarked;
