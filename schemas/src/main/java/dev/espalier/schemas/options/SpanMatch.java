// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

/** How a string must match the span of a source from which it is quoted. */
public enum SpanMatch {
    /** Character by character. */
    EXACT,
    /**
     * Up to upper and lower case, by Unicode's simple case folding, and white space: any run of characters with the property White_Space matches
     * any other.
     */
    FOLDED
}
