// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.State;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.value.Goal;

/** Proofs that there are infinitely many values, or at least a given number. A proof may fail though the fact holds. */
public interface Endlessness {

    /** A bit beside those of types: there are numbers, but perhaps only finitely many with a minus sign. */
    int FINITE_NEGATIVES = 1 << JsonType.values().length;

    /** True if a goal provably has that many values. */
    boolean isEndless(Goal goal);

    /** True if that many values remain after each text that the state's frame reads, until it ends. */
    boolean isAlwaysEndless(State state);

    /** True if one of some stacks can still become that many values. */
    boolean canGoOn(StackSet stacks);

    /** True if one of some stacks can, after a frame that it called has ended. */
    boolean canReturn(StackSet stacks);

    /**
     * The types of which a goal provably has that many values, as bits by {@link JsonType#ordinal()}, and {@link #FINITE_NEGATIVES}.
     */
    int types(Goal goal);

    /** True if each beginning of a goal's strings, if there are any, provably continues to infinitely many. */
    boolean hasOnlyEndlessTexts(Goal goal);

    /** True if each beginning of the first key of a goal's objects, if there are any, provably continues to infinitely many objects. */
    boolean hasOnlyEndlessObjects(Goal goal);

    /** True if a goal's arrays, if there are any, are provably infinitely many from their opening bracket on. */
    boolean hasOnlyEndlessArrays(Goal goal);
}
