/** Context-free grammars over code points: the one representation that notations are read into, and that automata are made of. */
@NullMarked
package dev.espalier.grammar;

import org.jspecify.annotations.NullMarked;
