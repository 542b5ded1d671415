// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tag;

/**
 * Where a format is in a text, without the end of its tag.
 *
 * @param format the format, as JSON pointer into its structural tag
 * @param start where it starts, in characters of Java strings
 * @param end where it ends
 */
public record TagSpan(String format, int start, int end) {

    /** The same format elsewhere. */
    public TagSpan in(int otherStart, int otherEnd) {
        return new TagSpan(format, otherStart, otherEnd);
    }
}
