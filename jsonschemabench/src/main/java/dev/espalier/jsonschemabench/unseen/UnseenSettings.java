// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import dev.espalier.jsonschemabench.unseen.trial.TrialSettings;

/**
 * What a run does.
 *
 * @param count how many inputs
 * @param threads how many machines try at a time
 * @param heapMb the heap of each
 * @param trial how long and far one input is tried
 * @param tries how many trees are tried to make one small; 0 if none is made small
 * @param reductionMillis time to make one small
 */
public record UnseenSettings(
        int count, int threads, int heapMb, TrialSettings trial, int tries, long reductionMillis) {}
