package dev.espalier.grammar;

import dev.espalier.grammar.error.SyntaxException;

/** Reads the numbers of {@code {m,n}}. */
final class RepeatBounds {

    private static final int LONGEST = 10;

    private final SourceText source;

    RepeatBounds(SourceText source) {
        this.source = source;
    }

    /**
     * A number of repetitions; leading zeros are allowed.
     *
     * @throws SyntaxException past {@link Integer#MAX_VALUE}
     */
    int read(String digits, int offset) {
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        String significant = digits.substring(zeros);
        long value = significant.length() > LONGEST ? Long.MAX_VALUE : Long.parseLong(significant);
        if (value > Integer.MAX_VALUE) {
            throw source.error("expected a number of repetitions of at most " + Integer.MAX_VALUE, offset);
        }
        return (int) value;
    }

    /**
     * Checks that the bounds are in order.
     *
     * @throws SyntaxException if they are not
     */
    void check(int min, int max, int offset) {
        if (max != Expression.UNBOUNDED && max < min) {
            throw source.error("the bounds of a repetition are the wrong way round: " + min + " to " + max, offset);
        }
    }
}
