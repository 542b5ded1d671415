/** Persistent sets of stacks, and the steps by which symbols move them. */
@NullMarked
package dev.espalier.automata.stack;

import org.jspecify.annotations.NullMarked;
