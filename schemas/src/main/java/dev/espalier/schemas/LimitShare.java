package dev.espalier.schemas;

import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.Place;

/**
 * A part of one of {@link dev.espalier.grammar.Limits}, for things that cost more than what the limit is made for: each
 * counts for several, so that whoever raises the limit raises all that depends on it.
 *
 * @param limit the component's name
 * @param value the component's value
 * @param weight what one thing counts for
 */
record LimitShare(String limit, long value, int weight) {

    /** How many things there may be. */
    long most() {
        return Math.max(1, value / weight);
    }

    /**
     * Checks a number of things.
     *
     * @throws LimitExceededException if they are too many
     */
    void check(long count) {
        if (count > most()) {
            throw exceeded(count);
        }
    }

    /** What to throw for so many things, which are too many. */
    LimitExceededException exceeded(long count) {
        return new LimitExceededException(limit, value, Math.max(value + 1, weight * count), Place.UNKNOWN);
    }
}
