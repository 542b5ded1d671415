// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

/**
 * How long and how far one input is tried.
 *
 * @param compileMillis the limit {@code compileDeadline}
 * @param stepMillis the limit {@code stepDeadline}
 * @param tokens the most tokens of one text that is written
 * @param walks how many texts are written
 * @param totalMillis processor time after which no further text is begun
 */
public record TrialSettings(int compileMillis, int stepMillis, int tokens, int walks, int totalMillis) {}
