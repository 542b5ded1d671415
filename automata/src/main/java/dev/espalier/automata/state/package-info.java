/** States of pushdown automata: what stacks and masks ask of a frame, however it was made. */
@NullMarked
package dev.espalier.automata.state;

import org.jspecify.annotations.NullMarked;
