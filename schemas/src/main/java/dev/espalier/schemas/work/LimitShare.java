package dev.espalier.schemas.work;

import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;

/**
 * A part of one of {@link dev.espalier.core.Limits}, for things that cost more than what the limit is made for: each
 * counts for several, so that whoever raises the limit raises all that depends on it.
 *
 * @param limit the component's name
 * @param value the component's value
 * @param weight what one thing counts for
 */
public record LimitShare(String limit, long value, int weight) {

    /** How many things there may be. */
    public long most() {
        return Math.max(1, value / weight);
    }

    /**
     * Checks a number of things.
     *
     * @throws LimitExceededException if they are too many
     */
    public void check(long count) {
        if (count > most()) {
            throw exceeded(count);
        }
    }

    /** What to throw for so many things, which are too many. */
    public LimitExceededException exceeded(long count) {
        return new LimitExceededException(limit, value, Math.max(value + 1, weight * count), Place.UNKNOWN);
    }
}
