/** What the frames of other modules are tested with. */
@NullMarked
package dev.espalier.automata.testing;

import org.jspecify.annotations.NullMarked;
