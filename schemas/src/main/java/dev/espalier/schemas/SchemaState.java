package dev.espalier.schemas;

import dev.espalier.automata.ByteView;
import dev.espalier.automata.State;

/** A state of a frame of schemas: all of them know which bytes may come. */
interface SchemaState extends State, ByteView {

    @Override
    default ByteView byteView() {
        return this;
    }
}
