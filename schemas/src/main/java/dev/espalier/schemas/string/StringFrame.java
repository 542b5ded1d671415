// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.automata.state.State;
import dev.espalier.schemas.state.Reach;
import java.util.List;

/** The frame of strings: what may be written between the quotation marks, with the results that the parent distinguishes. */
public interface StringFrame {

    /** The states after the opening quotation mark, read at the same time; one at least where {@link #reach()} is not empty. */
    List<State> beginnings();

    /** The results that can be reached from there, with the bytes until after the closing quotation mark. */
    Reach reach();
}
