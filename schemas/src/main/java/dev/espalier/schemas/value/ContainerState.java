// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.state.SchemaState;

/** A state inside an object or an array: it has no result before the closing bracket, and its goal is what can be reached. */
public interface ContainerState extends SchemaState {

    /** The results reachable from here, with the bytes to each. Takes the language's lock. */
    Reach reach();

    @Override
    default int[] goal() {
        return reach().results();
    }

    @Override
    default int distance(int result) {
        return reach().to(result);
    }

    @Override
    default int[] results() {
        return NO_RESULTS;
    }

    @Override
    default void resume(int result, Moves moves) {}
}
