package dev.espalier.schemas.value;

import dev.espalier.automata.State;
import dev.espalier.schemas.state.Reach;
import java.util.List;

/** The arrays of a goal, or its objects. */
public interface Container {

    /** The states behind the opening bracket. */
    List<? extends State> openings();

    /** The results that can be reached from there. */
    Reach reachOpen();

    /** Whether nothing is asked of it, so that it can be shared between schemas. */
    boolean isFree();
}
