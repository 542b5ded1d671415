/** Free text of at most so many tokens. Internal. */
@NullMarked
package dev.espalier.automata.limit;

import org.jspecify.annotations.NullMarked;
