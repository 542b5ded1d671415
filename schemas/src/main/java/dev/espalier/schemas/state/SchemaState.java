// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.state;

import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;

/** A state of a frame of schemas, with a view of the bytes that may come. */
@FastPath(oracle = "FilterTest")
public interface SchemaState extends State, ByteView {

    @Override
    default ByteView byteView() {
        return this;
    }
}
