package dev.espalier.schemas;

import dev.espalier.automata.State;

/** What may be written between the quotation marks of a string, with the results that the asker tells apart. */
interface StringFrame {

    /** The state after the opening quotation mark; only to be asked for where {@link #reach()} is not empty. */
    State begin();

    /** The results that can be reached from there, with the bytes until after the closing quotation mark. */
    Reach reach();
}
