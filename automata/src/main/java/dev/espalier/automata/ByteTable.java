package dev.espalier.automata;

/**
 * A deterministic automaton over bytes as flat arrays: rows of a frame that need no stack. Immutable to its readers and
 * thread-safe; a lazily built table may compute a row while it is asked.
 */
public interface ByteTable {

    /** The row of a state of this table's frame. */
    int row(State state);

    /** The state of a row. */
    State state(int row);

    /**
     * The row after a byte.
     *
     * @param row a row
     * @param symbol 0 to 255
     * @return the next row; -1 when the byte is dead
     */
    int next(int row, int symbol);

    /** Whether the row only reads bytes: it pushes nothing. Rows that do push must be stepped through {@link State#moves}. */
    boolean isPlain(int row);

    /** The results of the row, as {@link State#results}. */
    int[] results(int row);
}
