// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

/**
 * What is known of a place of a value that is being written. States only ever go on: from pending over partial and forced to complete, or from pending to
 * absent; any may be left out.
 */
public enum ValueState {
    /** Nothing of it is written; it may come, or not. */
    PENDING,
    /** Some of it is written. The text of a string is a prefix of what it will be; of numbers and literals nothing is known. */
    PARTIAL,
    /** It is not written to its end, but every text that can still come of this one has this value there. */
    FORCED,
    /** It is written, and never changes. */
    COMPLETE,
    /** There will be no such value, whatever follows. */
    ABSENT
}
