package dev.espalier.schemas.string;

import dev.espalier.automata.State;
import dev.espalier.schemas.state.Reach;
import java.util.List;

/** What may be written between the quotation marks of a string, with the results that the asker tells apart. */
public interface StringFrame {

    /** The states after the opening quotation mark, read at the same time; one at least where {@link #reach()} is not empty. */
    List<State> beginnings();

    /** The results that can be reached from there, with the bytes until after the closing quotation mark. */
    Reach reach();
}
