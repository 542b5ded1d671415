// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.atom;

import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.format.TextKind;

/** A predicate on values of one type, such as "has at least 3 characters": a variable of {@link Diagrams}. */
public sealed interface Atom {

    /** The lane that every value satisfies. */
    int ANY_VALUE = -1;

    /** The text is in a language. */
    record Text(CharacterAutomaton language) implements Atom {}

    /** The text has at least that many characters. */
    record Length(int least) implements Atom {}

    /** The text is in a language that no automaton has. */
    record Read(TextKind kind) implements Atom {}

    /** The number passes a test. */
    record Number(NumberTest test) implements Atom {}

    /**
     * At least n members with a key of a set have a value with the verdict of a lane.
     *
     * @param lane a lane, or {@link #ANY_VALUE}
     * @param verdict the lane's judgement that counts
     */
    record Members(int n, KeySet keys, int lane, boolean verdict) implements Atom {}

    /**
     * At least n items at indices from {@code from}, before {@code to}, have a value with the verdict of a lane.
     *
     * @param to {@link Integer#MAX_VALUE} for no end
     * @param lane a lane, or {@link #ANY_VALUE}
     * @param verdict the lane's judgement that counts
     */
    record Items(int n, int from, int to, int lane, boolean verdict) implements Atom {}

    /** No two items of the array are equal. */
    record Unique() implements Atom {}
}
