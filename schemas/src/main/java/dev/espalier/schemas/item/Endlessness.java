package dev.espalier.schemas.item;

import dev.espalier.automata.State;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.value.Goal;

/** Proofs that there are endlessly many values, or so many at least. What they cannot prove may still be so. */
public interface Endlessness {

    /** Beside the bits of types: there are numbers, and perhaps only so many that begin with a minus sign. */
    int FINITE_NEGATIVES = 1 << JsonType.values().length;

    /** Whether a goal has. */
    boolean isEndless(Goal goal);

    /** Whether behind each text that a state's frame reads there still are, as long as that does not end. */
    boolean isAlwaysEndless(State state);

    /** Whether one of some stacks can still become as many. */
    boolean canGoOn(StackSet stacks);

    /** Whether one of some stacks can, behind something that they called. */
    boolean canReturn(StackSet stacks);

    /** The types of which a goal has, as bits by {@link JsonType#ordinal()}, and {@link #FINITE_NEGATIVES}. */
    int types(Goal goal);

    /** Whether each beginning of a goal's strings, if there are any, can go on to endlessly many. */
    boolean hasOnlyEndlessTexts(Goal goal);

    /** Whether each beginning of the first key of a goal's objects, if there are any, can go on to endlessly many. */
    boolean hasOnlyEndlessObjects(Goal goal);

    /** Whether a goal's arrays, if there are any, can go on to endlessly many from their opening bracket on. */
    boolean hasOnlyEndlessArrays(Goal goal);
}
