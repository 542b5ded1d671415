package dev.espalier.schemas.options;

/** How numbers are spelled. What a schema asks of a number is decided by its value, exactly, in every spelling. */
public enum NumberSpelling {
    /**
     * Without exponent wherever a schema asks something of the number ({@code -12.50}); where only an integer is asked for,
     * an exponent that is not negative may follow one, and where nothing is asked, any exponent. Ordinary schemas are then
     * finite tables, whose masks are cheap. For generating.
     */
    PLAIN,
    /** Every spelling that JSON has: {@code 100}, {@code 1e2} and {@code 10000E-2} are one number. For checking. */
    ANY
}
