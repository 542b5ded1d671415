// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

/** What becomes of a row that has no value. */
public enum RowErrors {
    /** It is in the result with its outcome and error. */
    COLUMN,
    /** Its task fails, with the key of the row in the message. */
    FAIL
}
