package dev.espalier.schemas;

import dev.espalier.automata.State;
import java.util.List;

/** What may be written between the quotation marks of a string, with the results that the asker tells apart. */
interface StringFrame {

    /** The states after the opening quotation mark, read at the same time; one at least where {@link #reach()} is not empty. */
    List<State> beginnings();

    /** The results that can be reached from there, with the bytes until after the closing quotation mark. */
    Reach reach();
}
