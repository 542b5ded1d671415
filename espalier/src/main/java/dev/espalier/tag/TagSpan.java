// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tag;

/**
 * Where a {@linkplain TagFormat.Span named format} is in a text.
 *
 * @param name its name
 * @param start where it starts, in characters of Java strings
 * @param end where it ends, the end of its tag not counted
 */
public record TagSpan(String name, int start, int end) {}
