// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

/**
 * What the engine says of a text.
 *
 * @param text the text
 * @param accepted whether it is in the language
 */
public record TextVerdict(String text, boolean accepted) {}
