// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.atom;

import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.JsonType;
import java.util.Arrays;

/** The meaning of a schema: for each {@link JsonType} a diagram over the atoms of that type. Never modified once it is made. */
public record Formula(int[] diagrams) {

    public static final int TYPES = JsonType.values().length;

    /** Every value. */
    public static final Formula TRUE = all(Diagrams.ZERO);

    /** No value. */
    public static final Formula FALSE = all(Diagrams.DEAD);

    private static Formula all(int end) {
        int[] diagrams = new int[TYPES];
        Arrays.fill(diagrams, end);
        return new Formula(diagrams);
    }

    /** The diagram of a type. */
    public int of(JsonType type) {
        return diagrams[type.ordinal()];
    }

    /** The demands on one type, with none on the others. */
    public Formula only(JsonType type) {
        int[] one = TRUE.diagrams.clone();
        one[type.ordinal()] = of(type);
        return new Formula(one);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Formula that && Arrays.equals(diagrams, that.diagrams);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(diagrams);
    }
}
