// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

/**
 * Why a schema did not get through, or what of it is kept only in part.
 *
 * @param pointer where in the schema, as a JSON pointer; {@code #} if unknown
 * @param keyword the keyword, or the kind of error
 * @param reason in words
 */
public record Reason(String pointer, String keyword, String reason) {}
