// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.indent;

import java.util.List;

/** What depends on the column of the block that it is in. */
public sealed interface IndentedPart {

    /**
     * The rest of a newline token that has as many columns as the block.
     *
     * @param end the boundary behind it
     */
    record Line(IndentationText text, int end) implements IndentedPart {}

    /** The rest of a newline token that has more columns, and a block of that many. */
    record Block(IndentationText text, List<Body> bodies) implements IndentedPart {}

    /**
     * What may follow the first indentation of a block.
     *
     * @param end the boundary between them
     * @param callee its number
     * @param mayBeEmpty whether the block may also end there
     */
    record Body(int end, int callee, boolean mayBeEmpty) {}
}
