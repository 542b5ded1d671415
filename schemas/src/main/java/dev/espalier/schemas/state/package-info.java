/** What all states of schemas have in common, and the results that a state can still reach. */
@NullMarked
package dev.espalier.schemas.state;

import org.jspecify.annotations.NullMarked;
