// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.number;

import dev.espalier.automata.state.State;
import dev.espalier.schemas.state.Reach;

/** The texts of numbers, each with a result. Immutable. */
public interface NumberLanguage {

    /** The results that some number has, with the bytes of the shortest; none if no number has any. */
    Reach reach();

    /** The state before a number; asked only where there is a result. */
    State start();
}
