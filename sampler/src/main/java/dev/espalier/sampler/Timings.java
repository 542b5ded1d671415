// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

/**
 * The time of one generation by its parts, in nanoseconds. Mask time runs beside forward passes on another thread; what of
 * it the generation had to wait for is {@code waiting}.
 *
 * @param prefill the first forward pass, which reads the prompt
 * @param forward all later forward passes
 * @param mask computing masks, on whatever thread
 * @param sample drawing tokens, accepting them and encoding forced text
 * @param waiting waiting for masks after the forward pass had ended
 * @param total from the request's start to its end
 */
public record Timings(long prefill, long forward, long mask, long sample, long waiting, long total) {

    /** Nothing has happened yet. */
    public static final Timings ZERO = new Timings(0, 0, 0, 0, 0, 0);
}
