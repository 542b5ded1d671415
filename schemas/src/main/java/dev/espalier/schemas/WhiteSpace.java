package dev.espalier.schemas;

/**
 * How much white space may stand between the tokens of JSON text.
 *
 * @param max the longest run of white space in one gap, in bytes; 0 none; {@link #UNBOUNDED} any
 */
public record WhiteSpace(int max) {

    /** The value of {@code max} that means "no bound". */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** None at all: compact text. */
    public static final WhiteSpace COMPACT = new WhiteSpace(0);

    /** Runs of at most 20 bytes: free, yet a generator cannot go on with blanks for ever. */
    public static final WhiteSpace FLEXIBLE = new WhiteSpace(20);

    /** As JSON allows it: any amount. For checking texts. */
    public static final WhiteSpace ANY = new WhiteSpace(UNBOUNDED);

    /** Checks the bound. */
    public WhiteSpace {
        if (max < 0) {
            throw new dev.espalier.grammar.error.InvalidInputException("a run of white space cannot be below 0 bytes");
        }
    }
}
