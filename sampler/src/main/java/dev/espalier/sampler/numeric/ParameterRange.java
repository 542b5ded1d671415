// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.numeric;

import dev.espalier.core.error.InvalidInputException;

/** The check that a number is in its range, with one message for all. */
public final class ParameterRange {

    private ParameterRange() {}

    /**
     * Fails unless a number is in its range.
     *
     * @param holds whether it is
     * @param parameter what the number is called
     * @param range what it may be, such as {@code ≥ 1}
     * @throws InvalidInputException with all three
     */
    public static void require(boolean holds, String parameter, String range, Object value) {
        if (!holds) {
            throw new InvalidInputException(parameter + " must be " + range + ", but was " + plain(value));
        }
    }

    /** A number as people write it: 2, not 2.0. */
    private static String plain(Object value) {
        String text = String.valueOf(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
