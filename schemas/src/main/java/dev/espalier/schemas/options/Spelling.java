// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

/** The spellings of the characters of keys and strings that are allowed. */
public enum Spelling {
    /**
     * Each character in one way: escaped only if it must be, and then by its shortest escape. Names of members and fixed texts are then forced
     * text, which costs a model nothing.
     */
    SHORTEST,
    /** Every spelling that JSON has, {@code \}{@code u0061} for {@code a} included. */
    ANY
}
