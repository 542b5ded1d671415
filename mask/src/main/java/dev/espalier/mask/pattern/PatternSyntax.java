// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

import java.util.List;

/** The syntax tree of a pattern. */
sealed interface PatternSyntax {

    /** One code point of the set with this number. */
    record One(int set) implements PatternSyntax {}

    /** All of them, one after the other; of no parts, the empty text. */
    record Sequence(List<PatternSyntax> parts) implements PatternSyntax {}

    /** The first of them that leads to a match. */
    record Choice(List<PatternSyntax> alternatives) implements PatternSyntax {}

    /** How a repetition chooses its number. */
    enum Greed {
        GREEDY,
        LAZY,
        POSSESSIVE
    }

    /** A repetition; {@code most} is -1 without a bound. */
    record Repeat(PatternSyntax body, int least, int most, Greed greed) implements PatternSyntax {}

    /** A look at what follows, which consumes nothing. */
    record Look(PatternSyntax body, boolean negative) implements PatternSyntax {}

    /** Whether the empty text matches. */
    default boolean isNullable() {
        if (this instanceof Sequence sequence) {
            return sequence.parts.stream().allMatch(PatternSyntax::isNullable);
        } else if (this instanceof Choice choice) {
            return choice.alternatives.stream().anyMatch(PatternSyntax::isNullable);
        } else if (this instanceof Repeat repeat) {
            return repeat.least == 0 || repeat.body.isNullable();
        }
        return this instanceof Look;
    }
}
