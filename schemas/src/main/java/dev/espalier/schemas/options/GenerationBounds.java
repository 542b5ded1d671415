package dev.espalier.schemas.options;

import dev.espalier.core.error.InvalidInputException;

/**
 * How long values may grow where a schema sets no end, so that a model cannot write digits, characters, items or members for
 * ever. They narrow what a schema allows, on request only. They give way where a demand of the schema would otherwise have no
 * value: each bound is then doubled until it has; if bounds at several places together still leave no value, compilation says
 * so. Numbers that are decided by arithmetic (any spelling, or a
 * {@code multipleOf} with very many remainders) keep all their digits.
 *
 * @param wholeDigits digits before the point of a number; exponents, where there are any, then have at most 3
 * @param fractionDigits digits after the point
 * @param characters characters of a string without {@code maxLength}
 * @param items items of an array without {@code maxItems}
 * @param members members whose names the schema does not mention, of an object without {@code maxProperties}
 */
public record GenerationBounds(int wholeDigits, int fractionDigits, int characters, int items, int members) {

    /** The value that means "no bound". */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** No bounds: all that a schema allows. */
    public static final GenerationBounds NONE =
            new GenerationBounds(UNBOUNDED, UNBOUNDED, UNBOUNDED, UNBOUNDED, UNBOUNDED);

    /** Bounds that ordinary values keep: 15 and 6 digits, 2,000 characters, 100 items, 50 members. */
    public static final GenerationBounds USUAL = new GenerationBounds(15, 6, 2_000, 100, 50);

    /** Checks that all are at least 1. */
    public GenerationBounds {
        if (Math.min(Math.min(wholeDigits, fractionDigits), Math.min(characters, Math.min(items, members))) < 1) {
            throw new InvalidInputException("a bound cannot be below 1");
        }
    }
}
