// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

import dev.espalier.core.error.InvalidInputException;

/**
 * The bounds on values that a schema itself does not bound, so that a model cannot write digits, characters, items or members for ever. They
 * narrow what a schema allows. Where the schema names longer numbers (in {@code maximum}, {@code const}, …), numbers may have as many digits, and
 * three more before the point than a {@code multipleOf}. Where a bound would still leave a part of the schema without a value, it is doubled until there is a value. If bounds at
 * several places together leave no value, those of digits are dropped; if that does not help, compilation fails and says so. Numbers in any
 * spelling ({@link NumberSpelling#ANY}) keep all their digits.
 *
 * @param wholeDigits digits before the point of a number; with 19 it stays within 64 bits, from -9223372036854775807 to 9223372036854775807
 * @param fractionDigits digits after the point
 * @param characters characters of a string without {@code maxLength}
 * @param items items of an array without {@code maxItems}
 * @param members members whose names the schema does not mention, of an object without {@code maxProperties}
 */
public record GenerationBounds(int wholeDigits, int fractionDigits, int characters, int items, int members) {

    /** The value that means "no bound". */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** No bounds: everything that a schema allows. */
    public static final GenerationBounds NONE =
            new GenerationBounds(UNBOUNDED, UNBOUNDED, UNBOUNDED, UNBOUNDED, UNBOUNDED);

    /** Bounds of numbers alone, which programs with numbers of 64 bits read: 19 and 17 digits. */
    public static final GenerationBounds NUMBERS = NONE.withDigits(19, 17);

    /** Bounds that ordinary values stay within: 15 and 6 digits, 2,000 characters, 100 items, 50 members. */
    public static final GenerationBounds USUAL = new GenerationBounds(15, 6, 2_000, 100, 50);

    /** Checks that all are at least 1. */
    public GenerationBounds {
        if (Math.min(Math.min(wholeDigits, fractionDigits), Math.min(characters, Math.min(items, members))) < 1) {
            throw new InvalidInputException("a bound cannot be below 1");
        }
    }

    /** The bounds of digits alone. */
    public GenerationBounds digits() {
        return NONE.withDigits(wholeDigits, fractionDigits);
    }

    /** These bounds with others for the digits of numbers. */
    public GenerationBounds withDigits(int whole, int fraction) {
        return new GenerationBounds(whole, fraction, characters, items, members);
    }
}
