// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.json;

import dev.espalier.schemas.options.WhiteSpace;

/** White space between the tokens of JSON text. */
public final class Blanks {

    /** No blank may come. */
    public static final int NONE = -1;

    private Blanks() {}

    public static boolean isBlank(int symbol) {
        return symbol == ' ' || symbol == '\n' || symbol == '\r' || symbol == '\t';
    }

    /** The length of a run of white space with one more blank: always 0 where runs have no bound, {@link #NONE} if it would be too long. */
    public static int more(int run, WhiteSpace space) {
        return space.max() == WhiteSpace.UNBOUNDED ? 0 : run < space.max() ? run + 1 : NONE;
    }
}
