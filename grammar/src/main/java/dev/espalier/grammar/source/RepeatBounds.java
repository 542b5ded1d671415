// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.Expression;
import org.antlr.v4.runtime.Token;

/** Reads the numbers of {@code {m,n}}. */
public final class RepeatBounds {

    private static final int LONGEST = 10;

    private final SourceText source;

    public RepeatBounds(SourceText source) {
        this.source = source;
    }

    /**
     * A number of repetitions; leading zeros are allowed.
     *
     * @throws SyntaxException past {@link Integer#MAX_VALUE}
     */
    public int read(String digits, int offset) {
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
     * The bounds of <code>{m}</code>, <code>{m,}</code> or <code>{m,n}</code>.
     *
     * @throws SyntaxException if they are too large or the wrong way round
     */
    public int[] read(Token operator) {
        String written = operator.getText();
        int offset = operator.getStartIndex();
        int comma = written.indexOf(',');
        int end = written.length() - 1;
        int min = read(written.substring(1, comma < 0 ? end : comma), offset);
        int max = min;
        if (comma >= 0) {
            max = comma + 1 == end ? Expression.UNBOUNDED : read(written.substring(comma + 1, end), offset);
        }
        check(min, max, offset);
        return new int[] {min, max};
    }

    /**
     * Checks that the bounds are in order.
     *
     * @throws SyntaxException if they are not
     */
    public void check(int min, int max, int offset) {
        if (max != Expression.UNBOUNDED && max < min) {
            throw source.error("the bounds of a repetition are the wrong way round: " + min + " to " + max, offset);
        }
    }
}
