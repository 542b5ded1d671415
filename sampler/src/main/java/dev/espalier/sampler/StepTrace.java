// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

/**
 * One step of one sequence: a forward pass, and the mask for the token after it, computed on another thread. Times are
 * readings of {@link System#nanoTime()}.
 *
 * @param index the step, counted from 0
 * @param tokens tokens that the sequence fed in this pass
 * @param batch sequences that took part in this pass
 * @param forwardStart when the forward pass began
 * @param forwardEnd when the forward pass ended
 * @param maskStart when computing the mask began
 * @param maskEnd when the mask was ready
 * @param allowed how many ids the mask allowed
 */
public record StepTrace(
        int index,
        int tokens,
        int batch,
        long forwardStart,
        long forwardEnd,
        long maskStart,
        long maskEnd,
        int allowed) {

    /** How long forward pass and mask ran at the same time, in nanoseconds. */
    public long overlap() {
        return Math.max(0, Math.min(forwardEnd, maskEnd) - Math.max(forwardStart, maskStart));
    }
}
