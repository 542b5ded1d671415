/** Automaton times vocabulary: token trie, context-independent token masks, compiled grammars and matchers. */
@NullMarked
package dev.espalier.mask;

import org.jspecify.annotations.NullMarked;
