// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

/**
 * A place in a source from which a string was quoted.
 *
 * @param source the source's name
 * @param start the index of the first {@code char}
 * @param end the index behind the last one
 */
public record SourceSpan(String source, int start, int end) {}
