package dev.espalier.schemas;

import dev.espalier.automata.State;

/** The texts of numbers, each with a result. Immutable. */
interface NumberLanguage {

    /** The results that some number has, with the bytes of the shortest; none if no number has any. */
    Reach reach();

    /** The state before a number; asked only where there is a result. */
    State start();
}
