// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.automata.state.State;
import dev.espalier.schemas.state.Reach;
import java.util.List;

/** A frame of arrays or objects: those that a goal allows. */
public interface Container {

    /** The states after the opening bracket. */
    List<? extends State> openings();

    /** The results that can be reached from there. */
    Reach reachOpen();

    /** True if nothing is asked of it, so that its states can be shared between schemas. */
    boolean isFree();
}
