// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

/** The spellings of numbers that are allowed. Whatever its spelling, a number satisfies a schema or not by its exact value. */
public enum NumberSpelling {
    /**
     * Numbers that a schema constrains are written without an exponent ({@code -12.50}). If it only asks for an integer, an exponent that is not
     * negative may follow; a free number may have any exponent. The numbers of ordinary schemas are then finite tables, whose masks are cheap. For
     * generating.
     */
    PLAIN,
    /** Every spelling that JSON has: {@code 100}, {@code 1e2} and {@code 10000E-2} are one number. For checking. */
    ANY
}
