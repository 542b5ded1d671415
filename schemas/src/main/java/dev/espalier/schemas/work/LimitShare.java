// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.work;

import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;

/**
 * A share of one of {@link dev.espalier.core.Limits}, for things that cost more than what the limit was made for: each counts for
 * several, so that raising the limit raises everything that depends on it.
 *
 * @param limit the component's name
 * @param value the component's value
 * @param weight the number that one thing counts for
 */
public record LimitShare(String limit, long value, int weight) {

    /** The number of things allowed. */
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

    /** The exception to throw for a number of things that is too large. */
    public LimitExceededException exceeded(long count) {
        return new LimitExceededException(limit, value, Math.max(value + 1, weight * count), Place.UNKNOWN);
    }
}
