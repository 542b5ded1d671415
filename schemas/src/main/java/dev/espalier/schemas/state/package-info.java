/** The common interface of all states of schemas, and the results that a state can still reach. */
@NullMarked
package dev.espalier.schemas.state;

import org.jspecify.annotations.NullMarked;
