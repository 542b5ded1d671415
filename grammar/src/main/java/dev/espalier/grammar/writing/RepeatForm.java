// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.writing;

import dev.espalier.grammar.Expression;
import java.util.Optional;

/**
 * How a repetition is written.
 *
 * @param before what stands before the item
 * @param after what stands behind it
 * @param isGroup whether the two enclose the item as parentheses do
 */
public record RepeatForm(String before, String after, boolean isGroup) {

    /** One of {@code * + ?} behind the item; empty for other bounds. */
    public static Optional<RepeatForm> simple(int min, int max) {
        if (max == Expression.UNBOUNDED && min <= 1) {
            return Optional.of(behind(min == 0 ? "*" : "+"));
        }
        return min == 0 && max == 1 ? Optional.of(behind("?")) : Optional.empty();
    }

    /** {@link #simple}, or numbers in braces behind the item. */
    public static Optional<RepeatForm> counted(int min, int max) {
        Optional<RepeatForm> simple = simple(min, max);
        if (simple.isPresent()) {
            return simple;
        }
        String most = max == min ? "" : max == Expression.UNBOUNDED ? "," : "," + max;
        return Optional.of(behind("{" + min + most + "}"));
    }

    /** An operator behind the item. */
    public static RepeatForm behind(String operator) {
        return new RepeatForm("", operator, false);
    }
}
