// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

/** The spellings of numbers that are allowed. Whatever its spelling, a number satisfies a schema or not by its exact value. */
public enum NumberSpelling {
    /**
     * Numbers as programs read them. An integer is digits, {@code -?(0|[1-9][0-9]*)}, wherever a schema asks for one ({@code type: integer}, a
     * {@code multipleOf} that is an integer, or constants that all are). Another number may have a fraction, {@code 12.50} or {@code 5.0}, and
     * never an exponent. {@link GenerationBounds} end the digits. For generating.
     */
    PLAIN,
    /** Every spelling that JSON has, of any length: {@code 100}, {@code 1e2} and {@code 10000E-2} are one number. For checking. */
    ANY
}
